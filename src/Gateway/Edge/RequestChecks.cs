using Ecert.Kernel.Refusals;
using Timestamp = Google.Protobuf.WellKnownTypes.Timestamp;

namespace Ecert.Gateway.Edge;

/// <summary>Collects what is wrong with a request, so that a caller learns of every fault at once.</summary>
internal sealed class RequestChecks
{
    private static readonly long Earliest = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
    private static readonly long Latest = new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
    private readonly List<FieldViolation> _violations = [];

    /// <summary>Notes the field when the condition does not hold.</summary>
    public RequestChecks Require(bool condition, string field, string description)
    {
        if (!condition)
            _violations.Add(new FieldViolation(field, description));
        return this;
    }

    /// <summary>The field is there and at most so long.</summary>
    public RequestChecks RequireText(string value, string field, int longest) =>
        Require(value.Length > 0 && value.Length <= longest, field, $"required, at most {longest} characters");

    /// <summary>The value is one of the enumeration's, and not its zero.</summary>
    public RequestChecks RequireKnown<TEnum>(TEnum value, string field) where TEnum : struct, Enum =>
        Require(Enum.IsDefined(value) && !value.Equals(default(TEnum)), field,
            "required, one of the contract's values");

    /// <summary>The time is there and one that people live in.</summary>
    public RequestChecks RequireTime(Timestamp? time, string field) =>
        Require(IsTime(time), field, "required, a time from 2000 to 2099");

    /// <summary>Whether a message's time reads, and lies where every calendar and offset can follow.</summary>
    public static bool IsTime(Timestamp? time) => time is not null
        && time.Nanos is >= 0 and < 1_000_000_000
        && time.Seconds >= Earliest && time.Seconds < Latest;

    /// <summary>Whether a day lies where every calendar and offset can follow.</summary>
    public static bool IsDay(DateOnly day) => day.Year is >= 2000 and < 2100;

    /// <summary>Notes faults found elsewhere.</summary>
    public RequestChecks Add(IEnumerable<FieldViolation> violations)
    {
        _violations.AddRange(violations);
        return this;
    }

    /// <exception cref="RefusedException">Something was noted.</exception>
    public void ThrowIfAny()
    {
        if (_violations.Count > 0)
            throw new Refusal(RefusalCatalogue.InvalidRequest,
                $"{_violations.Count} field(s) of the request are at fault; each is listed.", _violations)
                    .ToException();
    }
}
