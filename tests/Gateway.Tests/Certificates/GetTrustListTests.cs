using Ecert.Gateway.Certificates;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel.Refusals;
using Ecert.V1;

namespace Ecert.Gateway.Tests.Certificates;

public sealed class GetTrustListTests
{
    [Fact]
    public async Task List_is_handed_on_as_it_was_signed_and_only_to_those_who_lack_it()
    {
        await using var gateway = await TestGateway.StartAsync();
        var signed = await TestGateway.Nation.SignedTrustListAsync(TestGateway.Nation.Entry());
        gateway.Identity.Serve("/trust-list", signed);
        var verb = gateway.Get<GetTrustList>();

        var first = await verb.RunAsync(new GetTrustListRequest(), CancellationToken.None);
        var again = await verb.RunAsync(new GetTrustListRequest { KnownVersion = first.Version },
            CancellationToken.None);

        Assert.Equal(signed, first.TrustList.ToByteArray());
        Assert.True(again.TrustList.IsEmpty);
        Assert.Equal(7, again.Version);
    }

    [Fact]
    public async Task List_that_does_not_verify_is_not_taken_and_the_one_before_stays()
    {
        await using var gateway = await TestGateway.StartAsync();
        var signed = await TestGateway.Nation.SignedTrustListAsync(TestGateway.Nation.Entry());
        gateway.Identity.Serve("/trust-list", [.. signed[..^1], (byte)(signed[^1] ^ 1)]);
        var verb = gateway.Get<GetTrustList>();
        await TestGateway.RefusedAsync(RefusalCatalogue.CounterpartUnavailable,
            () => verb.RunAsync(new GetTrustListRequest(), CancellationToken.None));

        gateway.Identity.Serve("/trust-list", signed);
        await verb.RunAsync(new GetTrustListRequest(), CancellationToken.None);
        gateway.Identity.Serve("/trust-list", "forged"u8.ToArray());
        await gateway.Get<TrustMaterial>().RenewAsync(CancellationToken.None);

        Assert.Equal(signed,
            (await verb.RunAsync(new GetTrustListRequest(), CancellationToken.None)).TrustList.ToByteArray());
    }

    [Fact]
    public async Task List_past_its_time_is_not_in_force()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Identity.Serve("/trust-list",
            await TestGateway.Nation.SignedTrustListAsync(TestGateway.Nation.Entry()));
        await gateway.Get<GetTrustList>().RunAsync(new GetTrustListRequest(), CancellationToken.None);

        gateway.Clock.Advance(TimeSpan.FromDays(8));

        await TestGateway.RefusedAsync(RefusalCatalogue.CounterpartUnavailable,
            () => gateway.Get<GetTrustList>().RunAsync(new GetTrustListRequest(), CancellationToken.None));
    }
}
