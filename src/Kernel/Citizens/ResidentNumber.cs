using System.Globalization;

namespace Ecert.Kernel.Citizens;

/// <summary>
/// Citizen identification numbers by GB 11643-1999: six digits of division, eight of birth date, three of order, and a
/// check character by ISO 7064 MOD 11-2.
/// </summary>
internal static class ResidentNumber
{
    private const string CheckCharacters = "10X98765432";
    private static ReadOnlySpan<byte> Weights => [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>The 18 places in upper case; null when the number cannot be one. A 15-digit one (born 19xx) is brought up.</summary>
    public static string? Canonical(string written)
    {
        var number = written.Length == 15 ? Lengthened(written) : written;
        if (number is not { Length: 18 } || number[0] == '0' || !AreDigits(number.AsSpan(0, 17)))
            return null;
        return number[17] == CheckCharacter(number) && HasBirthDate(number) ? number : null;
    }

    private static string? Lengthened(string written)
    {
        if (!AreDigits(written))
            return null;
        var digits = string.Concat(written.AsSpan(0, 6), "19", written.AsSpan(6));
        return digits + CheckCharacter(digits);
    }

    private static char CheckCharacter(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var index = 0; index < Weights.Length; index++)
            sum += Weights[index] * (digits[index] - '0');
        return CheckCharacters[sum % 11];
    }

    private static bool HasBirthDate(string number) => DateOnly.TryParseExact(
        number.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool AreDigits(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') < 0;
}
