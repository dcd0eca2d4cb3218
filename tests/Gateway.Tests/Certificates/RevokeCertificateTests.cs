using Ecert.Gateway.Certificates;
using Ecert.Gateway.Edge;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel.Refusals;
using Ecert.V1;

namespace Ecert.Gateway.Tests.Certificates;

public sealed class RevokeCertificateTests
{
    [Fact]
    public async Task Revoked_certificate_is_refused_from_the_answer_on_and_for_good()
    {
        await using var gateway = await TestGateway.StartAsync();
        await FakeRegister.OpenAsync(gateway);
        await gateway.DecodeAsync(await gateway.PresentAsync());

        Assert.Equal(CertificateState.Revoked, (await gateway.RevokeCertificateAsync(People.Operator)).State);

        await gateway.AssertNotValidAsync("REVOKED");
        Assert.Equal(CertificateState.Revoked, (await gateway.RevokeCertificateAsync(People.Citizen)).State);
        await TestGateway.RefusedAsync(
            RefusalCatalogue.CertificateNotActive, () => gateway.SuspendCertificateAsync(People.Citizen));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("证书")]
    public async Task Id_that_cannot_be_one_and_a_reason_at_fault_are_listed(string id)
    {
        await using var gateway = await TestGateway.StartAsync();
        var refusal = await TestGateway.RefusalOfAsync(() => gateway.Get<RevokeCertificate>().RunAsync(
            new RevokeCertificateRequest { CertificateId = id, Reason = new string('x', 201) }, People.Operator,
            default));
        Assert.Equal(["certificate_id", "reason"], refusal.Violations.Select(violation => violation.Field));
        Assert.Empty(gateway.Identity.Asked);
    }

    [Fact]
    public async Task Change_made_elsewhere_is_in_force_here_once_the_log_was_asked()
    {
        await using var gateway = await TestGateway.StartAsync();
        var register = await FakeRegister.OpenAsync(gateway);
        await gateway.DecodeAsync(await gateway.PresentAsync());
        await register.ChangeAsync("revoked");

        await gateway.Get<StatusChangeFeed>().AskAsync(default);

        await gateway.AssertNotValidAsync("REVOKED");
    }

    [Fact]
    public async Task Revocation_stands_when_its_echo_does_not_come_back()
    {
        await using var gateway = await TestGateway.StartAsync();
        var register = await FakeRegister.OpenAsync(gateway);
        register.IsLogDown = true;

        Assert.Equal(CertificateState.Revoked, (await gateway.RevokeCertificateAsync(People.Citizen)).State);
    }

    [Fact]
    public async Task Issuer_that_is_away_is_said_so()
    {
        await using var gateway = await TestGateway.StartAsync();
        await FakeRegister.OpenAsync(gateway);
        gateway.Identity.IsDown = true;

        await TestGateway.RefusedAsync(
            RefusalCatalogue.CounterpartUnavailable, () => gateway.RevokeCertificateAsync(People.Citizen));
    }
}
