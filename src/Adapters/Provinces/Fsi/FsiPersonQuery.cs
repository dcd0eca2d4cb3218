using System.Text.Json;
using Ecert.Adapters.Ports;
using Ecert.Adapters.Resilience;
using Ecert.Kernel;
using Ecert.Kernel.Citizens;
using Ecert.Kernel.Identifiers;

namespace Ecert.Adapters.Provinces.Fsi;

/// <summary>1101, person information, asked by the number of a document.</summary>
internal sealed class FsiPersonQuery(FsiOptions options, FsiClient client)
{
    private const string ByDocumentNumber = "02";
    private const string Insured = "1";
    private static readonly FsiTransaction Transaction = new("1101", "/fsi/api/fsiPsnInfoService/queryPsnInfo");

    public async Task<FsiReply> AskAsync(
        string signNumber, string name, IdentityDocument document, CancellationToken ct) =>
        await client.CallAsync<Input, Output>(
            CallKind.Repeatable,
            Transaction,
            signNumber,
            new Input(new Question(
                ByDocumentNumber, document.Number, "", "", TypeOf(document.Kind), document.Number, name)),
            ct);

    public PersonOutcome Read(FsiReply reply, string name, IdentityDocument document) => reply switch
    {
        FsiReply.Done<Output> done => Read(done.Output, name, document),
        FsiReply.Refused refused when options.UnknownPersonTexts.Any(refused.Text.Contains)
            => new PersonOutcome.NotFound(),
        // The core's text may name the person; what goes to operators does not.
        _ => new PersonOutcome.Unknown(reply.Reason.Replace(document.Number, "…").Replace(name, "…")),
    };

    private static PersonOutcome Read(Output output, string name, IdentityDocument document)
    {
        if (output.Baseinfo is not { PsnNo: { Length: > 0 and <= 30 } number } person)
            return new PersonOutcome.NotFound();
        if (person.Certno is { Length: > 0 } other
            && !string.Equals(other, document.Number, StringComparison.OrdinalIgnoreCase))
            return new PersonOutcome.Unknown("The answer is about another document.");
        if (person.PsnName is { Length: > 0 } told && !told.Contains('*') && told != name)
            return new PersonOutcome.NotFound();
        var enrolments = (output.Insuinfo ?? []).Select(Read).ToList();
        return enrolments.Contains(null)
            ? new PersonOutcome.Unknown("A row of insuinfo lacks its place, its scheme or its balance.")
            : new PersonOutcome.Found(number, enrolments.OfType<Enrolment>().ToList());
    }

    private static Enrolment? Read(InsuranceRow row) =>
        DivisionCode.TryParse(row.InsuplcAdmdvs, out var place) && row.Insutype is { Length: > 0 } scheme
        && TryReadMoney(row.Balc, out var balance)
            ? new Enrolment(place, scheme, row.PsnType ?? "", row.PsnInsuStas == Insured, balance)
            : null;

    /// <summary>Yuan as provinces send them: a string or a number; absent where there is no account.</summary>
    private static bool TryReadMoney(JsonElement value, out Money money)
    {
        money = Money.Zero;
        return value.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => true,
            JsonValueKind.String => value.GetString() is "" || Money.TryParseYuan(value.GetString(), out money),
            JsonValueKind.Number => Money.TryParseYuan(value.GetRawText(), out money),
            _ => false,
        };
    }

    private static string TypeOf(IdentityDocumentKind kind) => kind switch
    {
        IdentityDocumentKind.ResidentId => "01",
        IdentityDocumentKind.ForeignPermanentResidentId => "07",
        IdentityDocumentKind.Passport => "08",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), "The interface knows no such kind of document."),
    };

    private sealed record Input(Question Data);

    private sealed record Question(
        string MdtrtCertType, string MdtrtCertNo, string CardSn, string Begntime, string PsnCertType, string Certno,
        string PsnName);

    private sealed record Output(BaseInformation? Baseinfo, IReadOnlyList<InsuranceRow>? Insuinfo);

    private sealed record BaseInformation(string? PsnNo, string? Certno, string? PsnName);

    private sealed record InsuranceRow(
        JsonElement Balc, string? Insutype, string? PsnType, string? PsnInsuStas, string? InsuplcAdmdvs);
}
