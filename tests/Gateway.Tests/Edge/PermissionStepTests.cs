using System.Reflection;
using Ecert.Gateway.Edge;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel.Identifiers;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using Google.Protobuf.Reflection;

namespace Ecert.Gateway.Tests.Edge;

public sealed class PermissionStepTests
{
    private static readonly PermissionStep Step = new();

    public static TheoryData<string, string> Kinds => new()
    {
        { "Hospital", "/ecert.v1.ReimbursementService/Settle" },
        { "Pharmacy", "/ecert.v1.PrescriptionService/RecordDispense" },
        { "TransitOperator", "/ecert.v1.FareService/TapIn" },
        { "Biller", "/ecert.v1.CertificateService/WatchRevocations" },
        { "Operator", "/ecert.v1.ReconciliationService/GetDailyStatement" },
        { "Citizen", "/ecert.v1.BillService/PayBill" },
    };

    [Fact]
    public void Table_and_contract_have_the_same_methods()
    {
        var contract = typeof(Payment).Assembly.GetTypes()
            .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null))
            .OfType<FileDescriptor>()
            .SelectMany(file => file.Services)
            .SelectMany(service => service.Methods.Select(method => $"/{service.FullName}/{method.Name}"))
            .Where(method => method.StartsWith("/ecert.", StringComparison.Ordinal));
        var table = Permissions.All.Keys.Where(method => method.StartsWith("/ecert.", StringComparison.Ordinal));

        Assert.Equal(contract.Order(StringComparer.Ordinal), table.Order(StringComparer.Ordinal));
        Assert.True(Permissions.All.Count > 60);
    }

    [Fact]
    public void Whoever_is_not_public_needs_a_scope() => Assert.All(
        Permissions.All.Values,
        permission => Assert.Equal(permission.Callers == Callers.Anyone, permission.Scope is null));

    [Fact]
    public async Task Method_that_is_not_in_the_table_is_refused()
    {
        var call = EdgeCalls.Call("/ecert.v1.ReimbursementService/DropTables", caller: CallerOf("Operator",
            "reimbursement"));

        await TestGateway.RefusedAsync(RefusalCatalogue.NotPermitted, () => Step.EnterAsync(call).AsTask());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Kind_of_caller_passes_with_the_scope_and_not_without(string kind, string method)
    {
        var scope = Permissions.Of(method)!.Scope!;

        await Step.EnterAsync(EdgeCalls.Call(method, caller: CallerOf(kind, scope)));
        await TestGateway.RefusedAsync(RefusalCatalogue.NotPermitted,
            () => Step.EnterAsync(EdgeCalls.Call(method, caller: CallerOf(kind, "other"))).AsTask());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_kind_gets_through_exactly_where_the_table_names_it(string kind, string own)
    {
        Assert.NotEmpty(own);
        foreach (var (method, permission) in Permissions.All.Where(entry => entry.Value.Scope is not null))
        {
            var call = EdgeCalls.Call(method, caller: CallerOf(kind, permission.Scope!));
            if (permission.Callers.HasFlag(Enum.Parse<Callers>(kind)))
                await Step.EnterAsync(call);
            else
                await TestGateway.RefusedAsync(RefusalCatalogue.NotPermitted, () => Step.EnterAsync(call).AsTask());
        }
    }

    [Fact]
    public async Task Anyone_reads_what_is_public_and_nothing_else()
    {
        await Step.EnterAsync(EdgeCalls.Call("/ecert.v1.CertificateService/GetTrustList"));
        var call = EdgeCalls.Call("/ecert.v1.ReimbursementService/Settle");
        await TestGateway.RefusedAsync(RefusalCatalogue.PartyUnknown, () => Step.EnterAsync(call).AsTask());

        call.Institution = new InstitutionRow
        {
            Id = "H13010200001", Name = "第一医院", Kind = InstitutionKind.Hospital, Division = "130102", Level = 2,
        };
        await TestGateway.RefusedAsync(RefusalCatalogue.TokenInvalid, () => Step.EnterAsync(call).AsTask());
    }

    private static Caller CallerOf(string kind, string scope) => kind == "Citizen"
        ? new Caller.Citizen(new SubjectId(People.Subject), "app", People.Scopes(scope))
        : People.Hospital with { Kind = Enum.Parse<InstitutionKind>(kind), Scopes = People.Scopes(scope) };
}
