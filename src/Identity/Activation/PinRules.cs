namespace Ecert.Identity.Activation;

/// <summary>What is wrong with a chosen PIN.</summary>
internal enum PinFault
{
    /// <summary>Not six digits.</summary>
    NotSixDigits = 1,

    /// <summary>The two entries differ.</summary>
    Differs = 2,

    /// <summary>One digit repeated, a run, or a repeated pattern.</summary>
    TooSimple = 3,

    /// <summary>Found in the document number, as a birth date is.</summary>
    InDocument = 4,
}

/// <summary>Which PINs may be set. Pure.</summary>
internal static class PinRules
{
    private const int Length = 6;

    /// <summary>The first fault, or null for a good PIN.</summary>
    public static PinFault? Check(string? pin, string? again, string documentNumber)
    {
        if (pin is not { Length: Length } || !pin.All(char.IsAsciiDigit))
            return PinFault.NotSixDigits;
        if (pin != again)
            return PinFault.Differs;
        if (IsPattern(pin))
            return PinFault.TooSimple;
        return documentNumber.Contains(pin, StringComparison.Ordinal) ? PinFault.InDocument : null;
    }

    private static bool IsPattern(string pin) => IsRun(pin, 1) || IsRun(pin, -1) || Repeats(pin, 1) || Repeats(pin, 2)
        || Repeats(pin, 3) || IsMirrored(pin);

    // 123456, 890123 and their reverses: each digit follows the one before, nine by zero.
    private static bool IsRun(string pin, int step) =>
        Enumerable.Range(1, Length - 1).All(at => (pin[at] - pin[at - 1] - step) % 10 == 0);

    private static bool Repeats(string pin, int period) =>
        Enumerable.Range(period, Length - period).All(at => pin[at] == pin[at - period]);

    private static bool IsMirrored(string pin) =>
        Enumerable.Range(0, Length / 2).All(at => pin[at] == pin[Length - 1 - at]);
}
