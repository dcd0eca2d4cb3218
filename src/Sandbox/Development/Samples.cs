using Ecert.Sandbox.Billers;
using Ecert.Sandbox.ProvincialCore;
using Ecert.Sandbox.RealName;

namespace Ecert.Sandbox.Development;

/// <summary>Invented persons and bills. The ID numbers are well formed and belong to nobody known to us.</summary>
internal static class Samples
{
    private const string Employee = "350102198803071238";
    private const string Resident = "350102201505204527";

    public static readonly IReadOnlyList<RegisteredPerson> Registered =
        [new("陈示例", "01", Employee), new("林示例", "01", Resident)];

    public static readonly IReadOnlyList<InsuredPerson> Insured =
    [
        new("35000000000000000001", "01", Employee, "陈示例", "1", new DateOnly(1988, 3, 7),
            [new("310", "1101", "1", "350100", 1_234_56, new DateOnly(2012, 7, 1), "示例制造有限公司")]),
        new("35000000000000000002", "01", Resident, "林示例", "2", new DateOnly(2015, 5, 20),
            [new("390", "1403", "1", "350100", 0, new DateOnly(2016, 1, 1), null)]),
    ];

    public static readonly IReadOnlyList<CustomerBill> WaterBills =
        [new("3501000001", "陈示例", "W202610000001", 86_40, 0, "202609-202610")];

    public static readonly IReadOnlyList<CustomerBill> ElectricityBills =
        [new("3501900001", "陈示例", "E202610000001", 213_75, 1_07, "202610")];
}
