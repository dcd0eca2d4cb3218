using System.Globalization;

namespace Ecert.Kernel.Citizens;

/// <summary>
/// Citizen identification numbers by GB 11643-1999: six digits of division, eight of birth date, three of order, and a
/// check character by ISO 7064 MOD 11-2. The 2023 card of foreign permanent residents shares all but the division.
/// </summary>
internal static class CitizenNumber
{
    /// <summary>How many places a number has.</summary>
    public const int Length = 18;

    private const int OldLength = 15;
    private const int EarliestBirthYear = 1850;
    private const string CheckCharacters = "10X98765432";

    /// <summary>
    /// The first two digits of a division, GB/T 2260; 81 to 83 are residence permits of the same layout.
    /// </summary>
    private const string Provinces =
        " 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 ";

    private static ReadOnlySpan<byte> Weights => [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>
    /// Checks a resident number in upper case; the canonical form of a 15-digit one (born 19xx) has 18.
    /// </summary>
    public static DocumentViolation Check(string written, out string canonical)
    {
        canonical = written;
        if (written.Length is not (Length or OldLength))
            return DocumentViolation.WrongLength;
        if (written.Length == OldLength)
        {
            if (!AreDigits(written))
                return DocumentViolation.WrongCharacters;
            var digits = string.Concat(written.AsSpan(0, 6), "19", written.AsSpan(6));
            canonical = digits + CheckCharacter(digits);
        }
        var violation = CheckBody(canonical);
        if (violation != DocumentViolation.None)
            return violation;
        return Provinces.Contains($" {canonical[..2]} ", StringComparison.Ordinal)
            ? DocumentViolation.None
            : DocumentViolation.WrongDivision;
    }

    /// <summary>Checks everything but the division: characters, birth date and check character of 18 places.</summary>
    public static DocumentViolation CheckBody(string number)
    {
        if (!AreDigits(number.AsSpan(0, Length - 1)) || (number[^1] != 'X' && !char.IsAsciiDigit(number[^1])))
            return DocumentViolation.WrongCharacters;
        if (number[^1] != CheckCharacter(number))
            return DocumentViolation.WrongCheckCharacter;
        return TryReadBirthDate(number, out var born) && born.Year >= EarliestBirthYear
            ? DocumentViolation.None
            : DocumentViolation.WrongBirthDate;
    }

    /// <summary>The birth date of a checked number.</summary>
    public static DateOnly? BirthDate(string number) => TryReadBirthDate(number, out var born) ? born : null;

    /// <summary>The sex of a checked number.</summary>
    public static Sex Sex(string number) =>
        (number[Length - 2] - '0') % 2 == 1 ? Citizens.Sex.Male : Citizens.Sex.Female;

    private static bool TryReadBirthDate(string number, out DateOnly born) => DateOnly.TryParseExact(
        number.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out born);

    private static char CheckCharacter(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var index = 0; index < Weights.Length; index++)
            sum += Weights[index] * (digits[index] - '0');
        return CheckCharacters[sum % 11];
    }

    private static bool AreDigits(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') < 0;
}
