namespace Ecert.Gateway.Storage;

/// <summary>Business days: from midnight to midnight in Beijing (UTC+8, without daylight saving).</summary>
internal static class BeijingDays
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The day a moment lies in.</summary>
    public static DateOnly Of(DateTimeOffset moment) => DateOnly.FromDateTime(moment.ToOffset(Offset).DateTime);

    /// <summary>The first moment of a day.</summary>
    public static DateTimeOffset Start(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), Offset);
}
