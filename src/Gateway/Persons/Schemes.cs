using System.Globalization;
using Ecert.V1;

namespace Ecert.Gateway.Persons;

/// <summary>
/// Schemes between the contract's enumeration and the national <c>insutype</c>: the number is the code.
/// </summary>
internal static class Schemes
{
    /// <summary>The contract's value; unspecified for a code it does not name.</summary>
    public static Scheme ToMessage(string code) =>
        int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && Enum.IsDefined((Scheme)number)
            ? (Scheme)number
            : Scheme.Unspecified;

    /// <summary>The three-digit code.</summary>
    public static string ToCode(Scheme scheme) => ((int)scheme).ToString("000", CultureInfo.InvariantCulture);
}
