using System.Globalization;

namespace Ecert.Adapters;

/// <summary>The one time zone the counterparts write in: UTC+8 without summer time.</summary>
internal static class BeijingTime
{
    private const string SecondsFormat = "yyyy-MM-dd HH:mm:ss";
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    public static DateTimeOffset InBeijing(this DateTimeOffset time) => time.ToOffset(Offset);

    public static DateOnly DayInBeijing(this DateTimeOffset time) => DateOnly.FromDateTime(time.InBeijing().DateTime);

    /// <summary><c>yyyy-MM-dd HH:mm:ss</c> on Beijing clocks.</summary>
    public static string ToSeconds(DateTimeOffset time) => Format(time, SecondsFormat);

    public static string Format(DateTimeOffset time, string format) =>
        time.InBeijing().ToString(format, CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="ToSeconds"/> writes.</summary>
    public static bool TryParseSeconds(string? text, out DateTimeOffset time)
    {
        var read = DateTime.TryParseExact(
            text, SecondsFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local);
        time = read ? new DateTimeOffset(local, Offset) : default;
        return read;
    }

    /// <summary>Reads RFC 3339 with an offset: <c>2026-08-01T10:00:00+08:00</c>.</summary>
    public static bool TryParseRfc3339(string? text, out DateTimeOffset time) => DateTimeOffset.TryParseExact(
        text,
        ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"],
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal,
        out time);
}
