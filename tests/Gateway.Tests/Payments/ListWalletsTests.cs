using Ecert.Gateway.Payments;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel.Refusals;
using Ecert.V1;

namespace Ecert.Gateway.Tests.Payments;

public sealed class ListWalletsTests
{
    [Fact]
    public async Task Wallets_come_oldest_first_page_by_page_and_only_to_their_owner()
    {
        await using var gateway = await TestGateway.StartAsync();
        string[] ids = ["01A", "01B", "01C"];
        foreach (var id in ids)
            await gateway.Get<BindWallet>().RunAsync(new BindWalletRequest
            {
                RequestId = id, CertificateId = People.CertificateId, Channel = PaymentChannel.Alipay,
                    AgreementNumber = "2026552610",
            }, People.Citizen, id, CancellationToken.None);
        var verb = gateway.Get<ListWallets>();

        var first = await verb.RunAsync(new ListWalletsRequest { PageSize = 2 }, People.Citizen,
            CancellationToken.None);
        var second = await verb.RunAsync(
            new ListWalletsRequest { PageSize = 2, PageToken = first.NextPageToken }, People.Citizen,
                CancellationToken.None);

        Assert.Equal(["01A", "01B"], first.Wallets.Select(wallet => wallet.WalletId));
        Assert.Equal(["01C"], second.Wallets.Select(wallet => wallet.WalletId));
        Assert.Empty(second.NextPageToken);
        Assert.Empty((await verb.RunAsync(new ListWalletsRequest(), People.Stranger, CancellationToken.None)).Wallets);
    }

    [Theory]
    [InlineData(-1, "")]
    [InlineData(101, "")]
    [InlineData(1, "0123456789012345678901234567")]
    public async Task Page_out_of_bounds_is_refused(int size, string token)
    {
        await using var gateway = await TestGateway.StartAsync();

        await TestGateway.RefusedAsync(RefusalCatalogue.InvalidRequest, () => gateway.Get<ListWallets>().RunAsync(
            new ListWalletsRequest { PageSize = size, PageToken = token }, People.Citizen, CancellationToken.None));
    }
}
