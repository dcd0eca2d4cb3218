using Ecert.Gateway.Certificates;
using Ecert.Gateway.Edge;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel.Refusals;
using Ecert.V1;

namespace Ecert.Gateway.Tests.Certificates;

public sealed class SuspendCertificateTests
{
    [Fact]
    public async Task Suspended_certificate_is_refused_from_the_answer_on()
    {
        await using var gateway = await TestGateway.StartAsync();
        var register = await FakeRegister.OpenAsync(gateway);
        await gateway.DecodeAsync(await gateway.PresentAsync());

        Assert.Equal(CertificateState.Suspended, (await gateway.SuspendCertificateAsync(People.Citizen)).State);

        await gateway.AssertNotValidAsync("SUSPENDED");
        Assert.Equal(["phone lost"], register.Reasons);
        Assert.Equal(CertificateState.Suspended, (await gateway.SuspendCertificateAsync(People.Citizen)).State);
    }
}
