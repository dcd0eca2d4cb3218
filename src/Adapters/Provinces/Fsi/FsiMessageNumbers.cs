using System.Globalization;

namespace Ecert.Adapters.Provinces.Fsi;

/// <summary>
/// Message numbers: institution code, <c>yyyyMMddHHmmss</c>, four digits that count up. A real sequence and no random
/// number: the number is the key of reversal and reconciliation, and four random digits collide within seconds of load.
/// </summary>
internal sealed class FsiMessageNumbers
{
    private readonly FsiOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private long _second;
    private int _usedInSecond;
    private int _next;

    /// <exception cref="ArgumentException">
    /// The range is not within 0 to 9999, or the code is not 12 characters.
    /// </exception>
    public FsiMessageNumbers(FsiOptions options, TimeProvider time)
    {
        if (options.InstitutionCode.Length != 12)
            throw new ArgumentException("A national institution code has 12 characters.", nameof(options));
        if (options.FirstSequence < 0 || options.LastSequence > 9999 || options.FirstSequence > options.LastSequence)
            throw new ArgumentException("A range of sequence numbers lies within 0 to 9999.", nameof(options));
        (_options, _time, _next) = (options, time, options.FirstSequence);
    }

    public string Next()
    {
        var (second, sequence) = Take();
        var at = BeijingTime.Format(DateTimeOffset.FromUnixTimeSeconds(second), "yyyyMMddHHmmss");
        return string.Create(CultureInfo.InvariantCulture, $"{_options.InstitutionCode}{at}{sequence:0000}");
    }

    /// <summary>
    /// A second and a number no other message has. Once a second's numbers are used up the next second's are taken, and
    /// a clock that goes back is not followed.
    /// </summary>
    private (long Second, int Sequence) Take()
    {
        var range = _options.LastSequence - _options.FirstSequence + 1;
        lock (_lock)
        {
            var now = _time.GetUtcNow().ToUnixTimeSeconds();
            if (now > _second)
                (_second, _usedInSecond) = (now, 0);
            else if (_usedInSecond == range)
                (_second, _usedInSecond) = (_second + 1, 0);
            var sequence = _next;
            _next = _next == _options.LastSequence ? _options.FirstSequence : _next + 1;
            _usedInSecond++;
            return (_second, sequence);
        }
    }
}
