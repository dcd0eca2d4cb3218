using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Ecert.Adapters.Billers;
using Ecert.Adapters.Channels.Alipay;
using Ecert.Adapters.Channels.WeChatPay;
using Ecert.Adapters.Ports;
using Ecert.Adapters.Provinces.Fsi;
using Ecert.Kernel;
using Ecert.Kernel.Identifiers;

namespace Ecert.Gateway.Configuration;

/// <summary>
/// The counterparts as an operator configures them, section <c>Counterparts</c>: addresses and keys, nothing else.
/// </summary>
internal static class CounterpartConfiguration
{
    public static GatewayPorts Read(Settings settings, TimeProvider clock)
    {
        var http = new HttpClient();
        var weChatPay = settings.Has("WeChatPay") ? WeChatPay(settings.Section("WeChatPay"), http, clock) : null;
        var alipay = settings.Has("Alipay") ? Alipay(settings.Section("Alipay"), http, clock) : null;
        return new GatewayPorts(
            [.. Given<IPaymentChannel>(weChatPay?.Payments, alipay?.Payments)],
            [.. Given<IChannelCallback>(weChatPay?.Callbacks, alipay?.Callbacks)],
            [.. Given<IChannelStatement>(weChatPay?.Statements, alipay?.Statements)],
            [.. settings.Sections("Billers").Select(biller => Biller(biller, http, clock))],
            PersonBase(settings.Section("InsuredPersonBase"), http, clock),
            Identity(settings.Section("Identity")));
    }

    private static IEnumerable<T> Given<T>(params T?[] ports) where T : class => ports.OfType<T>();

    private static WeChatPayAdapter WeChatPay(Settings settings, HttpClient http, TimeProvider clock) => new(http, new()
    {
        BaseAddress = settings.Address("BaseAddress"),
        MerchantId = settings.Text("MerchantId"),
        AppId = settings.Text("AppId"),
        MerchantSerial = settings.Text("MerchantSerial"),
        MerchantPrivateKeyPem = settings.FileText("MerchantPrivateKey"),
        ApiV3Key = settings.FileText("ApiV3Key").Trim(),
        PaymentNotifyUrl = settings.Address("NotifyUrl"),
        RefundNotifyUrl = settings.Address("NotifyUrl"),
        PlatformKeys = [.. settings.Sections("PlatformKeys").Select(
            key => new WeChatPayKey(key.Text("Id"), key.FileText("Pem")))],
    }, clock, RandomSource.System);

    private static AlipayAdapter Alipay(Settings settings, HttpClient http, TimeProvider clock) => new(http, new()
    {
        Gateway = settings.Address("Gateway"),
        AppId = settings.Text("AppId"),
        AppPrivateKeyPem = settings.FileText("AppPrivateKey"),
        Trust = settings.Has("AlipayPublicKey")
            ? new AlipayTrust.PublicKey(settings.FileText("AlipayPublicKey"))
            : new AlipayTrust.Certificates(settings.FileText("AppCertificate"), settings.FileText("AlipayCertificates"),
                settings.FileText("RootCertificates")),
        NotifyUrl = settings.Address("NotifyUrl"),
        SellerId = settings.Text("SellerId"),
    }, clock);

    private static AgencyBiller Biller(Settings settings, HttpClient http, TimeProvider clock) => new(http, new()
    {
        BillerId = settings.Text("BillerId"),
        BaseAddress = settings.Address("BaseAddress"),
        AgencyId = settings.Text("AgencyId"),
        SharedKey = settings.FileText("SharedKey").Trim(),
        InstitutionId = settings.Text("InstitutionId"),
        CompanyId = settings.Text("CompanyId"),
    }, clock, RandomSource.System);

    private static FsiInsuredPersonBase PersonBase(Settings settings, HttpClient http, TimeProvider clock) =>
        new(http, new()
    {
        BaseAddress = settings.Address("BaseAddress"),
        InstitutionCode = settings.Text("InstitutionCode"),
        InstitutionName = settings.Text("InstitutionName"),
        Division = settings.Division("Division"),
        CallerId = settings.Text("CallerId"),
        Token = settings.FileText("Token").Trim(),
        Operator = settings.Text("Operator"),
        OperatorName = settings.Text("OperatorName"),
    }, clock, RandomSource.System);

    /// <summary>The issuer over mTLS; its own authorities, where it is not behind the public ones.</summary>
    private static HttpClient Identity(Settings settings)
    {
        var client = settings.CertificateWithKey("ClientCertificate");
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        handler.SslOptions = new SslClientAuthenticationOptions { ClientCertificates = client is null ? [] : [client] };
        if (settings.Has("Authorities"))
        {
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck,
            };
            policy.CustomTrustStore.AddRange(settings.Certificates("Authorities"));
            handler.SslOptions.CertificateChainPolicy = policy;
        }
        return new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(15) };
    }
}
