using System.Security.Cryptography;
using System.Text;
using Ecert.Certificates.Status;
using Ecert.Certificates.Trust;

namespace Ecert.Verifier;

/// <summary>What the verifier was given to judge by.</summary>
internal abstract record Material
{
    private Material() { }

    /// <summary>All of it stands.</summary>
    internal sealed record Known(TrustList Trust, StatusLists Status) : Material;

    /// <summary>Some of it does not.</summary>
    internal sealed record Unusable(string Why) : Material;

    internal static Material Load(FileInfo root, FileInfo trust, IReadOnlyList<FileInfo> status, DateTimeOffset now)
    {
        try
        {
            var outcome = TrustList.Load(Read(trust), Der(Read(root)), now);
            if (outcome is TrustListOutcome.Refused refused)
                return new Unusable($"{trust.Name}: {refused.Why}");
            return LoadStatus(((TrustListOutcome.Loaded)outcome).List, status, now);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Unusable(exception.Message);
        }
    }

    private static Material LoadStatus(TrustList trust, IReadOnlyList<FileInfo> files, DateTimeOffset now)
    {
        var lists = StatusLists.None;
        foreach (var file in files)
        {
            var outcome = StatusList.Load(Read(file), trust, now);
            if (outcome is StatusListOutcome.Refused refused)
                return new Unusable($"{file.Name}: {refused.Why}");
            lists = lists.With(((StatusListOutcome.Loaded)outcome).List);
        }
        return new Known(trust, lists);
    }

    private static byte[] Read(FileInfo file) => File.ReadAllBytes(file.FullName);

    /// <summary>PEM where it is PEM, otherwise the bytes as they are; the trust list's loader judges them.</summary>
    private static byte[] Der(byte[] bytes)
    {
        var text = Encoding.ASCII.GetString(bytes);
        return PemEncoding.TryFind(text, out var fields) ? Convert.FromBase64String(text[fields.Base64Data]) : bytes;
    }
}
