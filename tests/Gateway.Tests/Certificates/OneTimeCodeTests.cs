using Ecert.Gateway.Certificates;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel.Refusals;
using Ecert.V1;

namespace Ecert.Gateway.Tests.Certificates;

public sealed class OneTimeCodeTests
{
    private const string Code = "1234567890123456789012130100";

    [Fact]
    public async Task One_time_code_is_answered_like_an_offline_presentation_and_once()
    {
        await using var gateway = await TestGateway.StartAsync();
        var register = await FakeRegister.OpenAsync(gateway);
        register.GiveCode(Code);
        var offline = await gateway.DecodeAsync(await gateway.PresentAsync());

        var online = await gateway.DecodeAsync(Code, operationId: "visit");

        Assert.Equal(PresentationVerdict.Valid, online.Verification.Verdict);
        Assert.Equal(gateway.Clock.GetUtcNow(), online.Verification.ValidAsOf.ToDateTimeOffset());
        var sameButFor = online.Clone();
        (sameButFor.EcToken, sameButFor.Verification) = (offline.EcToken, offline.Verification);
        Assert.Equal(offline, sameButFor);
        await RefusedAsync("REPLAYED", () => gateway.DecodeAsync(Code));
        Assert.Equal(
            People.CertificateId, (await gateway.DecodeAsync(Code, operationId: "visit")).CertificateId);
    }

    [Fact]
    public async Task Code_that_is_wrong_or_lapsed_is_refused_by_name()
    {
        await using var gateway = await TestGateway.StartAsync();
        var register = await FakeRegister.OpenAsync(gateway);

        await RefusedAsync("MALFORMED", () => gateway.DecodeAsync(Code));
        register.EndCode(Code);
        await RefusedAsync("STALE", () => gateway.DecodeAsync(Code));
        await RefusedAsync("MALFORMED", () => gateway.DecodeAsync(new string('0', 28)));
        await RefusedAsync("MALFORMED", () => gateway.DecodeAsync(Code[1..]));
    }

    [Theory]
    [InlineData("suspended", "SUSPENDED")]
    [InlineData("revoked", "REVOKED")]
    [InlineData("expired", "EXPIRED")]
    public async Task Code_of_a_certificate_not_in_force_is_refused(string state, string verdict)
    {
        await using var gateway = await TestGateway.StartAsync();
        var register = await FakeRegister.OpenAsync(gateway);
        register.GiveCode(Code);
        await register.ChangeAsync(state);

        await RefusedAsync(verdict, () => gateway.DecodeAsync(Code));
    }

    [Fact]
    public async Task Code_while_the_issuer_is_away_may_be_tried_again()
    {
        await using var gateway = await TestGateway.StartAsync();
        (await FakeRegister.OpenAsync(gateway)).GiveCode(Code);
        gateway.Identity.IsDown = true;
        await TestGateway.RefusedAsync(
            RefusalCatalogue.CounterpartUnavailable, () => gateway.DecodeAsync(Code));

        gateway.Identity.IsDown = false;
        Assert.Equal(People.CertificateId, (await gateway.DecodeAsync(Code)).CertificateId);
    }

    [Fact]
    public async Task Code_is_not_judged_by_a_mere_look()
    {
        await using var gateway = await TestGateway.StartAsync();
        (await FakeRegister.OpenAsync(gateway)).GiveCode(Code);

        var looked = await gateway.Get<VerifyPresentation>().RunAsync(
            new VerifyPresentationRequest { Presentation = Code }, People.Hospital, default);

        Assert.Equal(PresentationVerdict.MustGoOnline, looked.Verification.Verdict);
        Assert.Equal(People.CertificateId, (await gateway.DecodeAsync(Code)).CertificateId);
    }

    private static async Task RefusedAsync(string verdict, Func<Task> call)
    {
        var refusal = await TestGateway.RefusalOfAsync(call);
        Assert.Equal(RefusalCatalogue.PresentationNotValid, refusal.Reason);
        Assert.StartsWith(verdict + ": ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Code, refusal.Message, StringComparison.Ordinal);
    }
}
