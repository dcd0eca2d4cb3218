using System.Security.Cryptography;
using Ecert.Adapters.Billers;
using Ecert.Adapters.Channels.Alipay;
using Ecert.Adapters.Channels.WeChatPay;
using Ecert.Adapters.Provinces.Fsi;
using Ecert.Adapters.RealName;
using Ecert.Kernel;

namespace Ecert.Adapters.Configuration;

/// <summary>
/// Adapters as an operator configures them. Faults are noted in the settings, and the adapter is then null or not to be
/// used.
/// </summary>
public static class ConfiguredAdapters
{
    /// <summary>WeChat Pay: addresses, numbers and keys.</summary>
    public static WeChatPayAdapter? WeChatPay(Settings settings, HttpClient http, TimeProvider clock) =>
        Made(settings, () => new WeChatPayAdapter(http, new()
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
        }, clock, RandomSource.System));

    /// <summary>Alipay, by certificates or by the bare public key.</summary>
    public static AlipayAdapter? Alipay(Settings settings, HttpClient http, TimeProvider clock) =>
        Made(settings, () => new AlipayAdapter(http, new()
        {
            Gateway = settings.Address("Gateway"),
            AppId = settings.Text("AppId"),
            AppPrivateKeyPem = settings.FileText("AppPrivateKey"),
            Trust = settings.Has("AlipayPublicKey")
                ? new AlipayTrust.PublicKey(settings.FileText("AlipayPublicKey"))
                : new AlipayTrust.Certificates(
                    settings.FileText("AppCertificate"), settings.FileText("AlipayCertificates"),
                    settings.FileText("RootCertificates")),
            NotifyUrl = settings.Address("NotifyUrl"),
            SellerId = settings.Text("SellerId"),
        }, clock));

    /// <summary>One biller over the agency interface.</summary>
    public static AgencyBiller? Biller(Settings settings, HttpClient http, TimeProvider clock) =>
        Made(settings, () => new AgencyBiller(http, new()
        {
            BillerId = settings.Text("BillerId"),
            BaseAddress = settings.Address("BaseAddress"),
            AgencyId = settings.Text("AgencyId"),
            SharedKey = settings.FileText("SharedKey").Trim(),
            InstitutionId = settings.Text("InstitutionId"),
            CompanyId = settings.Text("CompanyId"),
        }, clock, RandomSource.System));

    /// <summary>The insured-person base over the national interface.</summary>
    public static FsiInsuredPersonBase? PersonBase(Settings settings, HttpClient http, TimeProvider clock) =>
        Made(settings, () => new FsiInsuredPersonBase(http, new()
        {
            BaseAddress = settings.Address("BaseAddress"),
            InstitutionCode = settings.Text("InstitutionCode"),
            InstitutionName = settings.Text("InstitutionName"),
            Division = settings.Division("Division"),
            CallerId = settings.Text("CallerId"),
            Token = settings.FileText("Token").Trim(),
            Operator = settings.Text("Operator"),
            OperatorName = settings.Text("OperatorName"),
        }, clock, RandomSource.System));

    /// <summary>The real-name authority.</summary>
    public static RealNameAuthority? RealName(Settings settings, HttpClient http, TimeProvider clock) =>
        Made(settings, () => new RealNameAuthority(http, new()
        {
            BaseAddress = settings.Address("BaseAddress"),
            AppId = settings.Text("AppId"),
            AppSecret = settings.FileText("AppSecret").Trim(),
            AppPrivateKey = settings.FileText("AppPrivateKey"),
            PlatformPublicKey = settings.FileText("PlatformPublicKey").Trim(),
        }, clock));

    /// <summary>The adapter, or a fault noted: a key that is none, an address that does not fit.</summary>
    private static T? Made<T>(Settings settings, Func<T> make) where T : class
    {
        var before = settings.Faults.Count;
        try
        {
            return make();
        }
        catch (Exception exception) when (
            exception is ArgumentException or FormatException or CryptographicException)
        {
            // What is missing was noted already; only a value that is there and wrong is news.
            if (settings.Faults.Count == before)
                settings.Fault("*", $"cannot be used: {exception.Message}");
            return null;
        }
    }
}
