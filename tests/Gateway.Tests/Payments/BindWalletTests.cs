using System.Text;
using Ecert.Gateway.Payments;
using Ecert.Gateway.Storage;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel.Refusals;
using Ecert.V1;

namespace Ecert.Gateway.Tests.Payments;

public sealed class BindWalletTests
{
    private const string Agreement = "20265526109385012345";

    [Fact]
    public async Task Agreement_is_kept_encrypted_and_four_characters_show()
    {
        await using var gateway = await TestGateway.StartAsync();

        var wallet = await BindAsync(gateway, Request(), "01KCWALLET");

        Assert.Equal("****2345", wallet.MaskedAccount);
        var row = await gateway.RowAsync<WalletRow>(one => one.Id == "01KCWALLET");
        Assert.DoesNotContain(Agreement, Encoding.Latin1.GetString(row.Agreement), StringComparison.Ordinal);
        Assert.Equal(Agreement, gateway.Get<PersonalDataCipher>().Unprotect(row.Agreement, BindWallet.Place(row.Id)));
    }

    [Fact]
    public async Task Same_operation_again_binds_once()
    {
        await using var gateway = await TestGateway.StartAsync();

        var first = await BindAsync(gateway, Request(), "01KCWALLET");
        var again = await BindAsync(gateway, Request(), "01KCWALLET");

        Assert.Equal(first, again);
        Assert.Equal(1, await gateway.CountAsync<WalletRow>());
    }

    [Fact]
    public async Task Certificate_of_another_is_not_found()
    {
        await using var gateway = await TestGateway.StartAsync();
        var request = Request();
        request.CertificateId = "other";

        await TestGateway.RefusedAsync(RefusalCatalogue.CertificateNotFound, () => BindAsync(gateway, request,
            "01KCWALLET"));
    }

    [Fact]
    public async Task Faults_are_named_all_at_once()
    {
        await using var gateway = await TestGateway.StartAsync();

        var refusal = await TestGateway.RefusalOfAsync(() => BindAsync(gateway,
            new BindWalletRequest { Channel = PaymentChannel.WechatPay, AgreementNumber = "1234567" }, "01KCWALLET"));

        Assert.Equal(["certificate_id", "channel", "agreement_number"], refusal.Violations.Select(one => one.Field));
    }

    private static BindWalletRequest Request() => new()
    {
        RequestId = "w1", CertificateId = People.CertificateId, Channel = PaymentChannel.Alipay,
            AgreementNumber = Agreement,
    };

    private static async Task<Wallet> BindAsync(TestGateway gateway, BindWalletRequest request, string operationId) =>
        (await gateway.Get<BindWallet>().RunAsync(request, People.Citizen, operationId, CancellationToken.None)).Wallet;
}
