using Ecert.Certificates.Presentations;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel.Refusals;
using Ecert.V1;

namespace Ecert.Gateway.Tests.Certificates;

public sealed class BusinessTypeTests
{
    [Theory]
    [InlineData(BusinessType.PharmacyPurchase, "02121 is for pharmacies alone")]
    [InlineData(BusinessType.AppIdentity, "03131 is for apps alone")]
    [InlineData(BusinessType.Unspecified, "required, one of the contract's values")]
    [InlineData((BusinessType)1999, "required, one of the contract's values")]
    public async Task Hospital_uses_hospital_business_alone(BusinessType type, string why)
    {
        await using var gateway = await TestGateway.StartAsync();
        await FakeRegister.OpenAsync(gateway);
        var shown = await gateway.PresentAsync();

        await ViolatesAsync(why, () => gateway.DecodeAsync(shown, type));

        Assert.NotEmpty((await gateway.DecodeAsync(shown, BusinessType.Registration)).EcToken);
    }

    [Fact]
    public async Task Pharmacy_uses_pharmacy_business_alone()
    {
        await using var gateway = await TestGateway.StartAsync();
        await FakeRegister.OpenAsync(gateway);
        var shown = await gateway.PresentAsync();

        await ViolatesAsync("01301 is for hospitals alone",
            () => gateway.DecodeAsync(shown, BusinessType.Settlement, CertificateSteps.Pharmacy));

        Assert.NotEmpty(
            (await gateway.DecodeAsync(shown, BusinessType.PharmacyPurchase, CertificateSteps.Pharmacy)).EcToken);
    }

    [Fact]
    public async Task Others_prove_identity_alone()
    {
        await using var gateway = await TestGateway.StartAsync();
        await FakeRegister.OpenAsync(gateway);
        var shown = await gateway.PresentAsync(AudienceKind.Transit);

        await ViolatesAsync("01301 is for hospitals alone",
            () => gateway.DecodeAsync(shown, BusinessType.Settlement, CertificateSteps.Metro));

        Assert.NotEmpty((await gateway.DecodeAsync(shown, BusinessType.AppIdentity, CertificateSteps.Metro)).EcToken);
    }

    private static async Task ViolatesAsync(string why, Func<Task> call)
    {
        var refusal = await TestGateway.RefusalOfAsync(call);
        Assert.Equal(RefusalCatalogue.InvalidRequest, refusal.Reason);
        var violation = Assert.Single(refusal.Violations);
        Assert.Equal(("business_type", why), (violation.Field, violation.Description));
    }
}
