using Ecert.Certificates;
using Ecert.Certificates.Status;
using Ecert.Gateway.Certificates;
using Ecert.Gateway.Persons;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel.Citizens;
using Ecert.Kernel.Identifiers;
using Ecert.Kernel.Refusals;
using Ecert.V1;

namespace Ecert.Gateway.Tests.Certificates;

public sealed class DecodePresentationTests
{
    [Fact]
    public async Task Valid_presentation_says_who_it_is_and_gives_a_token_for_the_visit()
    {
        await using var gateway = await StartAsync();

        var answer = await DecodeAsync(gateway, await PresentAsync());

        Assert.Equal(("**华", "1****************X", People.PersonNumber, People.InsuredPlace),
            (answer.MaskedName, answer.MaskedDocumentNumber, answer.PsnNo, answer.InsuredPlace));
        Assert.Equal((38, "130102ec"), (answer.EcToken.Length, answer.EcToken[..8]));
        Assert.Equal(gateway.Clock.GetUtcNow() + gateway.Options.EcTokenLifetime,
            answer.EcTokenExpireTime.ToDateTimeOffset());
        var person = await gateway.Get<EcTokens>().RedeemAsync(answer.EcToken, People.Hospital, CancellationToken.None);
        Assert.Equal(People.Subject, person.Subject);
        Assert.Equal(30_000, await gateway.PostedAsync(Visits.PersonalAccount));
    }

    [Fact]
    public async Task Presentation_is_spent_once_but_the_same_operation_may_repeat()
    {
        await using var gateway = await StartAsync();
        var presentation = await PresentAsync();

        await DecodeAsync(gateway, presentation, "01KCDECODE");
        await DecodeAsync(gateway, presentation, "01KCDECODE");

        var refusal = await TestGateway.RefusalOfAsync(() => DecodeAsync(gateway, presentation));
        Assert.Equal(RefusalCatalogue.PresentationNotValid.Code, refusal.Reason.Code);
        Assert.StartsWith("REPLAYED", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revoked_certificate_is_refused_by_name()
    {
        await using var gateway = await StartAsync(CertificateStatus.Revoked);

        var refusal = await TestGateway.RefusalOfAsync(async () => await DecodeAsync(gateway, await PresentAsync()));

        Assert.StartsWith("REVOKED", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificate_that_a_newer_one_replaced_is_refused()
    {
        await using var gateway = await StartAsync();
        gateway.Identity.Serve("/subjects/" + People.Subject, People.Description("NEWER"));

        await TestGateway.RefusedAsync(
            RefusalCatalogue.PresentationNotValid, async () => await DecodeAsync(gateway, await PresentAsync()));
    }

    [Fact]
    public async Task Issuer_that_cannot_be_asked_is_a_named_refusal()
    {
        await using var gateway = await StartAsync();
        gateway.Identity.IsDown = true;
        await TestGateway.RefusedAsync(
            RefusalCatalogue.CounterpartUnavailable, async () => await DecodeAsync(gateway, await PresentAsync()));

        gateway.Identity.IsDown = false;
        gateway.Identity.Serve("/subjects/" + People.Subject, "{}"u8.ToArray());
        await TestGateway.RefusedAsync(
            RefusalCatalogue.CounterpartUnavailable, async () => await DecodeAsync(gateway, await PresentAsync()));
        gateway.Identity.Forget("/subjects/" + People.Subject);
        await TestGateway.RefusedAsync(
            RefusalCatalogue.CertificateNotFound, async () => await DecodeAsync(gateway, await PresentAsync()));
    }

    [Fact]
    public async Task Nonsense_is_refused_and_faults_are_named()
    {
        await using var gateway = await StartAsync();

        await TestGateway.RefusedAsync(RefusalCatalogue.PresentationNotValid, () => DecodeAsync(gateway,
            "HEC1:nonsense"));
        var refusal = await TestGateway.RefusalOfAsync(() => gateway.Get<DecodePresentation>().RunAsync(
            new DecodePresentationRequest(), People.Hospital, gateway.NewId(), CancellationToken.None));
        Assert.Equal(["presentation", "business_type", "operator.operator_id", "operator.operator_name"],
            refusal.Violations.Select(one => one.Field));
    }

    [Theory]
    [InlineData("李", "*")]
    [InlineData("李明华", "**华")]
    [InlineData("𠮷田", "*田")]
    public void Masked_name_keeps_its_last_character_whole(string name, string masked)
    {
        Assert.True(IdentityDocument.TryParse(IdentityDocumentKind.ResidentId, People.Number, out var document));

        var person = new InsuredPerson("s", "c", name, document!, "p", "130100", "310", "1101", 0);

        Assert.Equal(masked, person.MaskedName);
        Assert.DoesNotContain(name, person.ToString(), StringComparison.Ordinal);
    }

    private static async Task<TestGateway> StartAsync(CertificateStatus status = CertificateStatus.Valid)
    {
        var gateway = await TestGateway.StartAsync();
        await gateway.Identity.PublishAsync(TestGateway.Nation, status);
        return gateway;
    }

    private static Task<string> PresentAsync() => TestGateway.Nation.PresentAsync(TestGateway.Nation.Claims() with
    {
        Id = new CertificateId(People.CertificateId), Subject = new SubjectId(People.Subject),
    });

    private static Task<DecodePresentationResponse> DecodeAsync(
        TestGateway gateway, string presentation,
            string? operationId = null) => gateway.Get<DecodePresentation>().RunAsync(
        new DecodePresentationRequest
        {
            RequestId = "d", Presentation = presentation, BusinessType = BusinessType.Registration,
                Operator = Visits.Clerk,
        }, People.Hospital, operationId ?? gateway.NewId(), CancellationToken.None);
}
