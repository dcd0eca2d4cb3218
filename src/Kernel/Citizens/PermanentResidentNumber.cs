using System.Globalization;

namespace Ecert.Kernel.Citizens;

/// <summary>
/// Numbers of foreign permanent residents' identity cards, in two forms that are valid side by side:
/// <list type="bullet">
/// <item>since 2023-12-01 18 places: 9, two digits of issuing province, three of nationality (ISO 3166-1 numeric),
/// birth
/// date, three of order, and the check character of GB 11643;</item>
/// <item>before, 15 places: three letters of nationality (ISO 3166-1 alpha-3), four digits of issuing place, birth date
/// <c>yyMMdd</c>, one of order, and a check digit with the weights 7, 3, 1 of ICAO 9303 (docs/decisions/012).</item>
/// </list>
/// </summary>
internal static class PermanentResidentNumber
{
    private const int OldLength = 15;

    /// <summary>Checks a number in upper case.</summary>
    public static DocumentViolation Check(string written) => written.Length switch
    {
        CitizenNumber.Length when written[0] == '9' => CitizenNumber.CheckBody(written),
        CitizenNumber.Length => DocumentViolation.WrongDivision,
        OldLength => CheckOld(written),
        _ => DocumentViolation.WrongLength,
    };

    private static DocumentViolation CheckOld(string number)
    {
        if (number.AsSpan(0, 3).IndexOfAnyExceptInRange('A', 'Z') >= 0
            || number.AsSpan(3).IndexOfAnyExceptInRange('0', '9') >= 0)
            return DocumentViolation.WrongCharacters;
        if (number[^1] != CheckDigit(number.AsSpan(0, OldLength - 1)))
            return DocumentViolation.WrongCheckCharacter;
        // The century is not stated; of the two possible ones the later has every leap day of both.
        var born = string.Concat("20", number.AsSpan(7, 6));
        var isDate = DateOnly.TryParseExact(
            born, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
        return isDate ? DocumentViolation.None : DocumentViolation.WrongBirthDate;
    }

    private static char CheckDigit(ReadOnlySpan<char> body)
    {
        ReadOnlySpan<byte> weights = [7, 3, 1];
        var sum = 0;
        for (var index = 0; index < body.Length; index++)
            sum += weights[index % 3] * (char.IsAsciiDigit(body[index]) ? body[index] - '0' : body[index] - 'A' + 10);
        return (char)('0' + sum % 10);
    }
}
