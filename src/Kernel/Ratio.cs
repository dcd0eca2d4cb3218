using System.Globalization;

namespace Ecert.Kernel;

/// <summary>
/// A share such as a first-pay or reimbursement ratio, exact to four decimals: the scale of the national interface's
/// ratio fields (<c>selfpay_prop</c>, 5.4).
/// </summary>
/// <param name="TenThousandths">The share in units of 1/10,000: 8,500 is 85 %.</param>
public readonly record struct Ratio(int TenThousandths)
{
    /// <summary>Nothing: 0 %.</summary>
    public static readonly Ratio Zero = new(0);

    /// <summary>The whole: 100 %.</summary>
    public static readonly Ratio One = new(10_000);

    /// <summary>What is left of the whole.</summary>
    public Ratio Complement => new(One.TenThousandths - TenThousandths);

    /// <summary>The share as a percentage without trailing zeros: <c>85 %</c>, <c>89.5 %</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{TenThousandths / 100}.{TenThousandths % 100:00}")
            .TrimEnd('0').TrimEnd('.') + " %";
}
