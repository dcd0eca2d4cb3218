using System.Globalization;
using Ecert.V1;

namespace Ecert.Gateway.Reimbursement;

/// <summary>
/// Kinds of care between the contract's enumeration and the national <c>med_type</c>: the number is the code.
/// </summary>
internal static class MedTypes
{
    /// <summary>The two-digit code.</summary>
    public static string ToCode(MedType medType) => ((int)medType).ToString("00", CultureInfo.InvariantCulture);

    /// <summary>The contract's value of a code stored here.</summary>
    public static MedType ToMessage(string code) =>
        (MedType)int.Parse(code, NumberStyles.None, CultureInfo.InvariantCulture);
}
