using Ecert.Kernel;
using Ecert.Kernel.Identifiers;

namespace Ecert.Certificates.Presentations;

/// <summary>
/// The online presentation for terminals that read digits only: 22 random digits and the six of the division that knows
/// what they stand for. A secret while it lives, so that <see cref="ToString"/> masks it.
/// </summary>
public readonly record struct OneTimeCode
{
    /// <summary>Digits of the whole code.</summary>
    public const int Length = RandomLength + 6;

    private const int RandomLength = 22;

    private OneTimeCode(string value, DivisionCode division) => (Value, Division) = (value, division);

    /// <summary>All 28 digits.</summary>
    public string Value { get; }

    /// <summary>The division that routes the code: its last six digits.</summary>
    public DivisionCode Division { get; }

    /// <summary>A new code.</summary>
    public static OneTimeCode New(DivisionCode division, RandomSource random) =>
        new(random.Digits(RandomLength) + division.Value, division);

    /// <summary>Reads 28 ASCII digits of which the last six are a division code.</summary>
    public static bool TryParse(string? text, out OneTimeCode code)
    {
        code = default;
        if (text is not { Length: Length } || !text.All(char.IsAsciiDigit))
            return false;
        if (!DivisionCode.TryParse(text[RandomLength..], out var division))
            return false;
        code = new OneTimeCode(text, division);
        return true;
    }

    /// <summary>The division alone: fit for a log.</summary>
    public override string ToString() => $"one-time code …{Division}";
}
