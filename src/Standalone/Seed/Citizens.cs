using System.Globalization;
using Ecert.Kernel;
using Ecert.Sandbox.ProvincialCore;

namespace Ecert.Standalone.Seed;

/// <summary>A made-up citizen. Nobody has these numbers; they only pass the check of GB 11643.</summary>
/// <param name="Name">Name on the document.</param>
/// <param name="DocumentNumber">Resident ID number.</param>
/// <param name="PersonNumber"><c>psn_no</c>.</param>
/// <param name="InsuredPlace">Where the active enrolment is.</param>
/// <param name="Scheme">310 employee, 390 resident.</param>
/// <param name="PersonType"><c>psn_type</c>.</param>
/// <param name="Balance">Personal account by the insured-person base.</param>
/// <param name="IsActive">False for one whose contributions are outstanding.</param>
internal sealed record Citizen(
    string Name, string DocumentNumber, string PersonNumber, string InsuredPlace, string Scheme, string PersonType,
    Money Balance, bool IsActive = true);

/// <summary>The citizens of the two pilot provinces.</summary>
internal static class Citizens
{
    /// <summary>The division whose core the gateway asks for people of every place.</summary>
    public const string PersonBaseDivision = "130000";

    /// <summary>A working employee in Shanghai: the journey's main person.</summary>
    public static readonly Citizen LiMing = new(
        "李明", "310104198507150017", "31010000000000000001", "310100", "310", "1101", new Money(86_000));

    /// <summary>A working employee in Shijiazhuang, Hebei, with a small bill that the account pays whole.</summary>
    public static readonly Citizen WangFang = new(
        "王芳", "130102198804123019", "13010000000000000001", "130100", "310", "1101", new Money(12_050));

    /// <summary>Everybody.</summary>
    public static IReadOnlyList<Citizen> All { get; } =
    [
        LiMing,
        WangFang,
        new("赵国强", "310104195908234023", "31010000000000000002", "310100", "310", "1201", new Money(231_080)),
        new("刘洋", "130102199601205123", "13010000000000000002", "130100", "390", "1501", Money.Zero),
        new("周小雨", "310106201706032141", "31010000000000000003", "310100", "390", "1403", Money.Zero, IsActive: false),
    ];

    /// <summary>The citizen as the insured-person base holds one.</summary>
    public static InsuredPerson ToInsuredPerson(Citizen citizen)
    {
        var birth = DateOnly.ParseExact(citizen.DocumentNumber.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture);
        var isMale = (citizen.DocumentNumber[16] - '0') % 2 == 1;
        return new InsuredPerson(
            citizen.PersonNumber, "01", citizen.DocumentNumber, citizen.Name, isMale ? "1" : "2", birth,
        [
            new InsuredPersonEnrolment(
                citizen.Scheme, citizen.PersonType, citizen.IsActive ? "1" : "2", citizen.InsuredPlace,
                citizen.Balance.Fen, new DateOnly(2020, 1, 1), citizen.Scheme == "310" ? "示范有限公司" : null),
        ]);
    }
}
