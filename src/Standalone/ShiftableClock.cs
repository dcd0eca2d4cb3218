namespace Ecert.Standalone;

/// <summary>
/// The system's clock with a shift that only grows: the journey turns it to the next morning, when the day before can
/// be reconciled. Every part of the system and every actor of the journey reads this one clock.
/// </summary>
internal sealed class ShiftableClock : TimeProvider
{
    private long _shiftTicks;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _shiftTicks));

    /// <summary>Turns the clock forward to a moment.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The moment is past.</exception>
    public void TurnTo(DateTimeOffset moment)
    {
        var by = moment - GetUtcNow();
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero, nameof(moment));
        Interlocked.Add(ref _shiftTicks, by.Ticks);
    }
}
