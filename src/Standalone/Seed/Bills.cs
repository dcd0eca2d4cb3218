using Ecert.CertsDev;
using Ecert.Gateway;
using Ecert.Sandbox.Billers;

namespace Ecert.Standalone.Seed;

/// <summary>A biller and what its customers owe.</summary>
internal static class Bills
{
    /// <summary>The customer whose bill the journey pays.</summary>
    public const string CustomerNumber = "3100000001";

    public static RegisteredBiller Biller { get; } = new(
        Cast.ShanghaiBiller, "上海示范电力", "Shanghai Pilot Electricity", "electricity", "310100", "户号", "[0-9]{10}");

    public static IReadOnlyList<CustomerBill> Electricity { get; } =
    [
        new(CustomerNumber, "李*", "202610-3100000001", 18_640, 0, "202610"),
        new("3100000002", "赵**", "202610-3100000002", 9_275, 120, "202609-202610"),
    ];
}
