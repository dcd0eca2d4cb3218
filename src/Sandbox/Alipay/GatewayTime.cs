using System.Globalization;

namespace Ecert.Sandbox.Alipay;

/// <summary><c>yyyy-MM-dd HH:mm:ss</c> in Beijing time, as everything here writes instants.</summary>
internal static class GatewayTime
{
    /// <summary>Reads an instant.</summary>
    public static bool TryParse(string text, out DateTimeOffset instant)
    {
        var parsed = DateTime.TryParseExact(
            text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local);
        instant = parsed ? new DateTimeOffset(local, TimeSpan.FromHours(8)) : default;
        return parsed;
    }
}
