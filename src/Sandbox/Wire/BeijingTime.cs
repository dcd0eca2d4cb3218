using System.Globalization;

namespace Ecert.Sandbox.Wire;

/// <summary>The counterparts keep Beijing time, which has no daylight saving: UTC+8.</summary>
internal static class BeijingTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>Now, with the offset +08:00.</summary>
    public static DateTimeOffset Beijing(this TimeProvider clock) => clock.GetUtcNow().ToOffset(Offset);

    /// <summary>The same instant with the offset +08:00.</summary>
    public static DateTimeOffset Beijing(this DateTimeOffset instant) => instant.ToOffset(Offset);

    /// <summary>The calendar day of an instant.</summary>
    public static DateOnly BeijingDay(this DateTimeOffset instant) => DateOnly.FromDateTime(instant.Beijing().DateTime);

    /// <summary>Midnight at which a day begins.</summary>
    public static DateTimeOffset BeginsAt(this DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), Offset);

    /// <summary>RFC 3339 with seconds: <c>2026-11-02T09:00:00+08:00</c>.</summary>
    public static string Rfc3339(this DateTimeOffset instant) =>
        instant.Beijing().ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary><c>2026-11-02 09:00:00</c>.</summary>
    public static string Plain(this DateTimeOffset instant) =>
        instant.Beijing().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Digits only: <c>20261102090000</c>.</summary>
    public static string Digits(this DateTimeOffset instant) =>
        instant.Beijing().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    /// <summary>A day as <c>20261102</c>.</summary>
    public static string Digits(this DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
