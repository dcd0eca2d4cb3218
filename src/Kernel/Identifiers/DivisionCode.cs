namespace Ecert.Kernel.Identifiers;

/// <summary>
/// A six-digit administrative division (GB/T 2260: two digits province, two city, two county) as health insurance
/// uses it, where codes ending in 99 name a pool.
/// </summary>
public readonly record struct DivisionCode
{
    private DivisionCode(string value) => Value = value;

    /// <summary>The six digits.</summary>
    public string Value { get; }

    /// <summary>The province the division lies in: the first two digits followed by 0000.</summary>
    public DivisionCode Province => new(string.Concat(Value.AsSpan(0, 2), "0000"));

    /// <summary>Reads six ASCII digits whose first is not 0.</summary>
    public static bool TryParse(string? text, out DivisionCode code)
    {
        var valid = text is { Length: 6 } && text[0] != '0' && text.All(char.IsAsciiDigit);
        code = valid ? new DivisionCode(text!) : default;
        return valid;
    }

    /// <summary>Reads as <see cref="TryParse"/> does.</summary>
    /// <exception cref="FormatException">The text is not a division code.</exception>
    public static DivisionCode Parse(string text) => TryParse(text, out var code)
        ? code
        : throw new FormatException("A division code is six digits, the first not 0.");

    /// <summary>The six digits.</summary>
    public override string ToString() => Value;
}
