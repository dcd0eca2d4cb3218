using System.Text.Json;

namespace Ecert.CertsDev;

/// <summary>Says what a made folder is, so that an old one is told from a good one.</summary>
internal sealed record Manifest(int Version, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt)
{
    private static readonly TimeSpan RemakeBefore = TimeSpan.FromDays(30);

    internal string ToJson() => JsonSerializer.Serialize(this) + "\n";

    /// <summary>Is there a folder of this version whose certificates hold now and for a while yet?</summary>
    internal static bool IsFresh(string folder, DateTimeOffset now)
    {
        var path = Path.Combine(folder, Layout.Manifest);
        if (!File.Exists(path))
            return false;
        try
        {
            return JsonSerializer.Deserialize<Manifest>(File.ReadAllText(path)) is { } manifest
                && manifest.Version == Layout.Version
                && manifest.MadeAt <= now
                && now < manifest.ExpiresAt - RemakeBefore;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
