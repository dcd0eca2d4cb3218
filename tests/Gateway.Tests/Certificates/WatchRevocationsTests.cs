using Ecert.Gateway.Certificates;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel.Refusals;
using Ecert.V1;

namespace Ecert.Gateway.Tests.Certificates;

public sealed class WatchRevocationsTests
{
    [Fact]
    public async Task Watcher_hears_what_happens_from_now_on()
    {
        await using var gateway = await TestGateway.StartAsync();
        var register = await FakeRegister.OpenAsync(gateway);
        await register.ChangeAsync("suspended");
        using var call = new CancellationTokenSource();
        var told = new Told<WatchRevocationsResponse>();
        var watching = WatchAsync(gateway, new WatchRevocationsRequest(), told, call);
        await gateway.Get<StatusChangeFeed>().AskAsync(default);

        await gateway.Get<RevokeCertificate>().RunAsync(
            new RevokeCertificateRequest { CertificateId = People.CertificateId, Reason = "phone lost" },
            People.Citizen, default);

        var change = await told.NextAsync();
        Assert.Equal((People.CertificateId, CertificateState.Revoked), (change.CertificateId, change.State));
        Assert.Equal(("130000", 12345), (change.IssuerDivision, change.StatusListIndex));
        Assert.Equal("https://identity.example/status-lists/130000/3", change.StatusListUri);
        Assert.Equal(gateway.Clock.GetUtcNow(), change.ChangeTime.ToDateTimeOffset());
        Assert.True(told.IsSilent);
        await EndAsync(watching, call);
    }

    [Fact]
    public async Task Watcher_who_comes_back_hears_everything_since_once()
    {
        await using var gateway = await TestGateway.StartAsync();
        var register = await FakeRegister.OpenAsync(gateway);
        foreach (var state in new[] { "suspended", "valid", "suspended", "valid", "revoked" })
            await register.ChangeAsync(state);
        var first = new Told<WatchRevocationsResponse>();
        using var firstCall = new CancellationTokenSource();
        var watching = WatchAsync(gateway, new WatchRevocationsRequest { ResumeToken = "0" }, first, firstCall);
        var token = (await first.NextAsync()).ResumeToken;
        await EndAsync(watching, firstCall);

        await gateway.RestartAsync();
        using var call = new CancellationTokenSource();
        var told = new Told<WatchRevocationsResponse>();
        watching = WatchAsync(gateway, new WatchRevocationsRequest { ResumeToken = token }, told, call);
        CertificateState[] heard =
            [(await told.NextAsync()).State, (await told.NextAsync()).State, (await told.NextAsync()).State];
        var last = await told.NextAsync();

        Assert.Equal([CertificateState.Active, CertificateState.Suspended, CertificateState.Active], heard);
        Assert.Equal(CertificateState.Revoked, last.State);
        await gateway.Get<StatusChangeFeed>().AskAsync(default);
        await EndAsync(watching, call);
        Assert.True(told.IsSilent);
    }

    [Fact]
    public async Task Watcher_of_one_province_hears_of_that_alone()
    {
        await using var gateway = await TestGateway.StartAsync();
        var register = await FakeRegister.OpenAsync(gateway);
        await register.ChangeAsync("suspended", "310000");
        await register.ChangeAsync("revoked");
        using var call = new CancellationTokenSource();
        var told = new Told<WatchRevocationsResponse>();

        var watching = WatchAsync(
            gateway, new WatchRevocationsRequest { ResumeToken = "0", IssuerDivision = "130000" }, told, call);

        Assert.Equal(("2", CertificateState.Revoked), await told.NextAsync() switch
        {
            var change => (change.ResumeToken, change.State),
        });
        await EndAsync(watching, call);
        Assert.True(told.IsSilent);
    }

    [Theory]
    [InlineData("one")]
    [InlineData("-1")]
    [InlineData("2")]
    [InlineData("99999999999999999999")]
    public async Task Token_that_was_not_given_is_refused(string token)
    {
        await using var gateway = await TestGateway.StartAsync();
        await (await FakeRegister.OpenAsync(gateway)).ChangeAsync("suspended");
        using var call = new CancellationTokenSource();

        await TestGateway.RefusedAsync(RefusalCatalogue.ResumeTokenInvalid, () => WatchAsync(
            gateway, new WatchRevocationsRequest { ResumeToken = token }, new Told<WatchRevocationsResponse>(), call));
    }

    [Fact]
    public async Task Division_that_is_none_is_refused()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var call = new CancellationTokenSource();

        var refusal = await TestGateway.RefusalOfAsync(() => WatchAsync(
            gateway, new WatchRevocationsRequest { IssuerDivision = "Hebei" }, new Told<WatchRevocationsResponse>(),
            call));

        Assert.Equal("issuer_division", Assert.Single(refusal.Violations).Field);
    }

    [Fact]
    public async Task Stream_ends_by_name_when_the_issuer_is_away()
    {
        await using var gateway = await TestGateway.StartAsync();
        await FakeRegister.OpenAsync(gateway);
        gateway.Identity.IsDown = true;
        using var call = new CancellationTokenSource();

        await TestGateway.RefusedAsync(RefusalCatalogue.CounterpartUnavailable, () => WatchAsync(
            gateway, new WatchRevocationsRequest(), new Told<WatchRevocationsResponse>(), call));
    }

    private static Task WatchAsync(
        TestGateway gateway, WatchRevocationsRequest request, Told<WatchRevocationsResponse> told,
        CancellationTokenSource call) => gateway.Get<WatchRevocations>().RunAsync(request, told, call.Token);

    private static async Task EndAsync(Task watching, CancellationTokenSource call)
    {
        await call.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching.WaitAsync(TimeSpan.FromSeconds(30)));
    }
}
