using Ecert.Kernel.Refusals;

namespace Ecert.Gateway.Edge;

/// <summary>Collects what is wrong with a request, so that a caller learns of every fault at once.</summary>
internal sealed class RequestChecks
{
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
