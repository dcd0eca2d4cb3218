using Ecert.Adapters.Billers;
using Ecert.Adapters.Channels.Alipay;
using Ecert.Adapters.Channels.WeChatPay;
using Ecert.Adapters.Ports;
using Ecert.Adapters.Provinces.Fsi;
using Ecert.Adapters.RealName;
using Ecert.CertsDev;
using Ecert.Gateway;
using Ecert.Kernel;
using Ecert.Kernel.Identifiers;
using Ecert.Standalone.Seed;

namespace Ecert.Standalone.Composition;

/// <summary>
/// The adapters, told that their counterparts are in the Sandbox: the same as in production but for addresses and keys.
/// </summary>
internal sealed class CounterpartAdapters : IDisposable
{
    private readonly HttpClient _sandbox = new();
    private readonly HttpClient _identity;
    private readonly WeChatPayAdapter _weChatPay;
    private readonly AlipayAdapter _alipay;
    private readonly AgencyBiller _electricity;
    private readonly FsiInsuredPersonBase _personBase;

    public CounterpartAdapters(Addresses addresses, DevelopmentChain chain, SharedKeys keys, TimeProvider clock)
    {
        _identity = chain.HttpClientAs(chain.Tls.GatewayClient);
        _weChatPay = new WeChatPayAdapter(_sandbox, new WeChatPayOptions
        {
            BaseAddress = new Uri(addresses.Sandbox, "/wechatpay/"),
            MerchantId = Merchants.WeChatMerchantId,
            AppId = Merchants.WeChatAppId,
            MerchantSerial = chain.WeChatPay.Merchant.SerialNumber,
            MerchantPrivateKeyPem = chain.WeChatPay.Merchant.PrivateKeyPem,
            ApiV3Key = chain.WeChatPay.ApiV3Key,
            PaymentNotifyUrl = new Uri(addresses.GatewayCallbacks, "/callbacks/wechatpay"),
            RefundNotifyUrl = new Uri(addresses.GatewayCallbacks, "/callbacks/wechatpay"),
        }, clock, RandomSource.System);
        _alipay = new AlipayAdapter(_sandbox, new AlipayOptions
        {
            Gateway = new Uri(addresses.Sandbox, "/alipay/gateway.do"),
            AppId = Merchants.AlipayAppId,
            AppPrivateKeyPem = chain.Alipay.App.PrivateKeyPem,
            Trust = new AlipayTrust.Certificates(
                chain.Alipay.App.CertificatePem, chain.Alipay.Platform.CertificatePem,
                chain.Alipay.Root.CertificatePem),
            NotifyUrl = new Uri(addresses.GatewayCallbacks, "/callbacks/alipay"),
            SellerId = Merchants.AlipaySellerId,
        }, clock);
        _electricity = new AgencyBiller(_sandbox, new AgencyBillerOptions
        {
            BillerId = Cast.ShanghaiBiller,
            BaseAddress = new Uri(addresses.Sandbox, $"/billers/{Merchants.ElectricityCompany}"),
            AgencyId = Merchants.AgencyId,
            SharedKey = keys.AgencyKey,
            InstitutionId = Merchants.AgencyId,
            CompanyId = Merchants.ElectricityCompany,
        }, clock, RandomSource.System);
        var core = DivisionCode.Parse(Citizens.PersonBaseDivision);
        _personBase = new FsiInsuredPersonBase(_sandbox, new FsiOptions
        {
            BaseAddress = new Uri(addresses.Sandbox, $"/provinces/{core}"),
            InstitutionCode = Cast.NationalOperator,
            InstitutionName = "国家医疗保障统一服务",
            Division = core,
            CallerId = Merchants.CoreCallerId,
            Token = chain.ProvinceCores[core].SharedSecret,
            Operator = "gateway",
            OperatorName = "gateway",
        }, clock, RandomSource.System);
        RealName = new RealNameAuthority(_sandbox, new RealNameOptions
        {
            BaseAddress = addresses.Sandbox,
            AppId = Merchants.RealNameAppId,
            AppSecret = chain.RealName.SharedSecret,
            AppPrivateKey = chain.RealName.OurSm2KeyPem,
            PlatformPublicKey = chain.RealName.TheirSm2PublicKey,
        }, clock);
    }

    public IRealNameAuthority RealName { get; }

    public IInsuredPersonBase PersonBase => _personBase;

    public GatewayPorts ForGateway() => new(
        [_weChatPay.Payments, _alipay.Payments], [_weChatPay.Callbacks, _alipay.Callbacks],
        [_weChatPay.Statements, _alipay.Statements], [_electricity], _personBase, _identity);

    public void Dispose()
    {
        _personBase.Dispose();
        _weChatPay.Dispose();
        _identity.Dispose();
        _sandbox.Dispose();
    }
}
