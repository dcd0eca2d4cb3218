using System.Globalization;

namespace Grpc.Wire;

/// <summary>The value of <c>grpc-timeout</c>: one to eight digits and a unit of H, M, S, m, u or n.</summary>
internal static class TimeoutValue
{
    private const int MaxDigits = 8;
    private const long MaxNumber = 99_999_999;
    private const long TicksPerMicrosecond = 10;
    private const int NanosecondsPerTick = 100;

    /// <summary>Reads a timeout; false when it is not of the grammar. A fraction of a tick rounds up.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan timeout)
    {
        timeout = default;
        if (text.Length is < 2 or > MaxDigits + 1)
            return false;
        if (!long.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        var ticks = text[^1] switch
        {
            'H' => number * TimeSpan.TicksPerHour,
            'M' => number * TimeSpan.TicksPerMinute,
            'S' => number * TimeSpan.TicksPerSecond,
            'm' => number * TimeSpan.TicksPerMillisecond,
            'u' => number * TicksPerMicrosecond,
            'n' => (number + NanosecondsPerTick - 1) / NanosecondsPerTick,
            _ => -1,
        };
        timeout = new TimeSpan(Math.Max(ticks, 0));
        return ticks >= 0;
    }

    /// <summary>Writes a timeout in the finest unit that has room for it, never longer than it is.</summary>
    public static string Format(TimeSpan timeout)
    {
        if (timeout <= TimeSpan.Zero)
            return "1n";
        var ticks = timeout.Ticks;
        if (ticks <= MaxNumber / NanosecondsPerTick)
            return Text(ticks * NanosecondsPerTick, 'n');
        if (ticks / TicksPerMicrosecond <= MaxNumber)
            return Text(ticks / TicksPerMicrosecond, 'u');
        if (ticks / TimeSpan.TicksPerMillisecond <= MaxNumber)
            return Text(ticks / TimeSpan.TicksPerMillisecond, 'm');
        if (ticks / TimeSpan.TicksPerSecond <= MaxNumber)
            return Text(ticks / TimeSpan.TicksPerSecond, 'S');
        if (ticks / TimeSpan.TicksPerMinute <= MaxNumber)
            return Text(ticks / TimeSpan.TicksPerMinute, 'M');
        return Text(Math.Min(ticks / TimeSpan.TicksPerHour, MaxNumber), 'H');
    }

    private static string Text(long number, char unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{number}{unit}");
}
