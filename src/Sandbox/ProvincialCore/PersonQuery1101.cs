using System.Globalization;
using System.Text.Json.Nodes;
using Ecert.Kernel;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.ProvincialCore;

/// <summary>1101: who a person is, and where and how insured.</summary>
internal sealed class PersonQuery1101(ProvincialCoreOptions core, SignedInDesks desks, TimeProvider clock) : Transaction
{
    private const string ResidentCard = "02";

    /// <inheritdoc/>
    public override string Number => "1101";

    /// <inheritdoc/>
    public override string Service => "fsiPsnInfoService/queryPsnInfo";

    /// <inheritdoc/>
    public override TransactionAnswer Do(MessageHead head, JsonObject input)
    {
        if (!desks.Accepts(head))
            return new TransactionAnswer.Refused("签到编号无效，请重新签到");
        var asked = input.Child("data") ?? input;
        var number = asked.Text("certno") is { Length: > 0 } certificate ? certificate
            : asked.Text("mdtrt_cert_type") == ResidentCard ? asked.Text("mdtrt_cert_no") : null;
        if (string.IsNullOrEmpty(number))
            return new TransactionAnswer.Refused("证件号码不能为空");
        var person = core.Persons.FirstOrDefault(known => known.CertificateNumber == number
            && (asked.Text("psn_cert_type") is not { Length: > 0 } kind || kind == known.CertificateKind));
        if (person is null || (asked.Text("psn_name") is { Length: > 0 } name && name != person.Name))
            return new TransactionAnswer.Refused("未查询到参保人信息");
        return new TransactionAnswer.Done(new JsonObject
        {
            ["baseinfo"] = BaseInfo(person),
            ["insuinfo"] = new JsonArray([.. person.Enrolments.Select(InsuInfo)]),
            ["idetinfo"] = new JsonArray(),
        });
    }

    private JsonObject BaseInfo(InsuredPerson person) => new()
    {
        ["psn_no"] = person.PersonNumber,
        ["psn_cert_type"] = person.CertificateKind,
        ["certno"] = person.CertificateNumber,
        ["psn_name"] = person.Name,
        ["gend"] = person.Gender,
        ["naty"] = "01",
        ["brdy"] = person.BirthDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["age"] = Decimal(Age(person.BirthDate)),
    };

    private static JsonNode InsuInfo(InsuredPersonEnrolment row) => new JsonObject
    {
        ["balc"] = Decimal(new Money(row.BalanceFen).ToYuan()),
        ["insutype"] = row.Scheme,
        ["psn_type"] = row.PersonType,
        ["psn_insu_stas"] = row.State,
        ["psn_insu_date"] = row.Since.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["paus_insu_date"] = null,
        ["cvlserv_flag"] = row.PersonType == "1102" ? "1" : "0",
        ["insuplc_admdvs"] = row.Place,
        ["emp_name"] = row.Employer ?? "",
    };

    // Years with one decimal (4.1), by whole months.
    private string Age(DateOnly birth)
    {
        var today = clock.GetUtcNow().BeijingDay();
        var months = (today.Year - birth.Year) * 12 + today.Month - birth.Month - (today.Day < birth.Day ? 1 : 0);
        return string.Create(CultureInfo.InvariantCulture, $"{months / 12}.{months % 12 * 10 / 12}");
    }

    private static JsonNode? Decimal(string digits) => JsonNode.Parse(digits);
}
