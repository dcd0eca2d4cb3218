using Ecert.Gateway.Certificates;
using Ecert.Gateway.Edge;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel.Refusals;
using Ecert.V1;

namespace Ecert.Gateway.Tests.Certificates;

public sealed class GetCertificateTests
{
    [Fact]
    public async Task Holder_and_operator_read_a_certificate()
    {
        await using var gateway = await TestGateway.StartAsync();
        await FakeRegister.OpenAsync(gateway);

        foreach (var caller in new Caller[] { People.Citizen, People.Operator })
        {
            var certificate = await gateway.GetCertificateAsync(caller);
            Assert.Equal(CertificateState.Active, certificate.State);
            Assert.Equal((SignatureSuite.Sm2Sm3, SignatureSuite.Es256),
                (certificate.IssuerSuite, certificate.HolderSuite));
            Assert.Equal(("**华", "130000", Scheme.Employee),
                (certificate.MaskedName, certificate.IssuerDivision, certificate.Scheme));
            Assert.Equal(1_820_000_000, certificate.ExpireTime.Seconds);
        }
    }

    [Fact]
    public async Task Certificate_of_another_does_not_exist_for_a_caller()
    {
        await using var gateway = await TestGateway.StartAsync();
        var register = await FakeRegister.OpenAsync(gateway);

        foreach (var caller in new Caller[] { People.Stranger, People.Hospital, new Caller.Anyone() })
        {
            await NotFoundAsync(() => gateway.GetCertificateAsync(caller));
            await NotFoundAsync(() => gateway.SuspendCertificateAsync(caller));
            await NotFoundAsync(() => gateway.RevokeCertificateAsync(caller));
        }
        await NotFoundAsync(() => gateway.GetCertificateAsync(People.Operator, "no-such"));
        Assert.Equal("valid", register.State);
    }

    private static Task NotFoundAsync(Func<Task> call) =>
        TestGateway.RefusedAsync(RefusalCatalogue.CertificateNotFound, call);
}
