using Ecert.Gateway.Certificates;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using Google.Protobuf.WellKnownTypes;

namespace Ecert.Gateway.Tests.Certificates;

public sealed class VerifyPresentationTests
{
    [Fact]
    public async Task Verdict_is_given_as_often_as_asked_and_tells_nothing_of_the_person()
    {
        await using var gateway = await StartAsync();
        var presentation = await TestGateway.Nation.PresentAsync();

        var first = await VerifyAsync(gateway, presentation);
        var second = await VerifyAsync(gateway, presentation);

        Assert.Equal(first, second);
        Assert.Equal((PresentationVerdict.Valid, "130000"), (first.Verification.Verdict, first.IssuerDivision));
        Assert.DoesNotContain(gateway.Identity.Asked, asked => asked.Contains("/subjects/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Other_moments_give_other_verdicts()
    {
        await using var gateway = await StartAsync();
        var presentation = await TestGateway.Nation.PresentAsync();

        var later = await VerifyAsync(gateway, presentation, gateway.Clock.GetUtcNow().AddMinutes(30).ToTimestamp());
        var nonsense = await VerifyAsync(gateway, "nonsense");

        Assert.Equal(PresentationVerdict.Stale, later.Verification.Verdict);
        Assert.Equal(PresentationVerdict.Malformed, nonsense.Verification.Verdict);
        Assert.Empty(nonsense.CertificateId);
    }

    [Theory]
    [InlineData(long.MaxValue, 0)]
    [InlineData(1_793_000_000, -1)]
    public async Task Moment_that_is_none_is_named(long seconds, int nanos)
    {
        await using var gateway = await StartAsync();
        var presentation = await TestGateway.Nation.PresentAsync();

        var refusal = await TestGateway.RefusalOfAsync(
            () => VerifyAsync(gateway, presentation, new Timestamp { Seconds = seconds, Nanos = nanos }));

        Assert.Equal(["at_time"], refusal.Violations.Select(one => one.Field));
    }

    [Fact]
    public async Task Without_trust_material_the_refusal_is_named()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Identity.IsDown = true;

        await TestGateway.RefusedAsync(RefusalCatalogue.CounterpartUnavailable, () => VerifyAsync(gateway, "HEC1:X"));
    }

    private static async Task<TestGateway> StartAsync()
    {
        var gateway = await TestGateway.StartAsync();
        await gateway.Identity.PublishAsync(TestGateway.Nation);
        return gateway;
    }

    private static Task<VerifyPresentationResponse> VerifyAsync(
        TestGateway gateway, string presentation, Timestamp? at = null) => gateway.Get<VerifyPresentation>().RunAsync(
        new VerifyPresentationRequest { Presentation = presentation, AtTime = at }, People.Hospital,
            CancellationToken.None);
}
