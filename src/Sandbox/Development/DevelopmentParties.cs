using System.Security.Cryptography.X509Certificates;
using Ecert.Kernel;
using Ecert.Sandbox.Alipay;
using Ecert.Sandbox.Billers;
using Ecert.Sandbox.ProvincialCore;
using Ecert.Sandbox.RealName;
using Ecert.Sandbox.WeChatPay;

namespace Ecert.Sandbox.Development;

/// <summary>
/// Both sides of every counterpart for development: what the caller holds, and through <see cref="ToOptions"/> what the
/// stand-ins know. Made new each time; holds private keys and never belongs in a repository.
/// </summary>
/// <param name="WeChatPay">The WeChat Pay merchant.</param>
/// <param name="Alipay">The Alipay app.</param>
/// <param name="RealName">The application at the real-name authority.</param>
/// <param name="Agency">The agency at the billers.</param>
/// <param name="Core">The caller of the provincial core.</param>
public sealed record DevelopmentParties(
    WeChatPayParty WeChatPay, AlipayParty Alipay, RealNameParty RealName, AgencyParty Agency, CoreParty Core)
{
    /// <summary>Makes new parties with new keys.</summary>
    public static DevelopmentParties Create(TimeProvider clock, RandomSource random)
    {
        var (_, weChat) = DevelopmentKeys.Make(
            "Sandbox Tenpay Root", ["1900000001", "Sandbox Tenpay.com sign"], clock, random);
        var (alipayRoot, alipay) = DevelopmentKeys.Make(
            "Sandbox Ant Root R1", ["2021000000000001", "Sandbox Alipay"], clock, random);
        return new DevelopmentParties(
            new WeChatPayParty(
                "1900000001", "wx8888888888888888", Convert.ToHexStringLower(random.Bytes(16)),
                "PUB_KEY_ID_0119000000012026110100000001", weChat[0], weChat[1]),
            new AlipayParty("2021000000000001", "2088101122223333", alipay[0], alipay[1], alipayRoot),
            new RealNameParty(
                "ECERTGATEWAY0001", Convert.ToHexStringLower(random.Bytes(16)), NewSm2Key(random), NewSm2Key(random)),
            new AgencyParty("ECERT", Convert.ToHexStringLower(random.Bytes(32))),
            new CoreParty("350000", "ecert-gateway", Convert.ToHexStringLower(random.Bytes(16))));
    }

    /// <summary>What the stand-ins know of these parties, with sample persons, customers and bills.</summary>
    /// <param name="urls">Where to listen.</param>
    public SandboxOptions ToOptions(params string[] urls) => new()
    {
        Urls = urls.Length == 0 ? ["http://127.0.0.1:0"] : urls,
        WeChatPay = new WeChatPayOptions
        {
            Merchants = [new WeChatMerchant(
                WeChatPay.MerchantId, [WeChatPay.AppId], WeChatPay.Merchant.CertificatePem, WeChatPay.ApiV3Key)],
            PlatformKeys =
            [
                new WeChatPlatformKey(WeChatPay.Platform.PrivateKeyPem, WeChatPay.Platform.CertificatePem, null),
                new WeChatPlatformKey(WeChatPay.Platform.PrivateKeyPem, null, WeChatPay.PublicKeyId),
            ],
        },
        Alipay = new AlipayOptions
        {
            Apps = [new AlipayApp(Alipay.AppId, Alipay.SellerId, Alipay.App.CertificatePem, null)],
            PrivateKeyPem = Alipay.Platform.PrivateKeyPem,
            CertificatePem = Alipay.Platform.CertificatePem,
            RootCertificatePem = Alipay.RootCertificatePem,
        },
        RealName = new RealNameOptions
        {
            Applications = [new RealNameApplication(RealName.AppId, RealName.AppSecret, RealName.PublicKey)],
            PlatformPrivateKey = RealName.PlatformPrivateKey,
            Persons = Samples.Registered,
        },
        Billers =
        [
            new BillerOptions("water", "自来水公司", Agency.AgencyId, Agency.SharedKey, Samples.WaterBills),
            new BillerOptions("electricity", "供电公司", Agency.AgencyId, Agency.SharedKey, Samples.ElectricityBills),
        ],
        ProvincialCores = [new ProvincialCoreOptions(Core.Division, Core.AccessId, Core.Token, Samples.Insured)],
    };

    private static string NewSm2Key(RandomSource random)
    {
        while (true)
        {
            if (Sm2.PrivateKeyFrom(random.Bytes(32)) is { } key)
                return key;
        }
    }
}

/// <summary>A WeChat Pay merchant.</summary>
/// <param name="MerchantId"><c>mchid</c>.</param>
/// <param name="AppId"><c>appid</c>.</param>
/// <param name="ApiV3Key">The APIv3 key, 32 characters.</param>
/// <param name="PublicKeyId">Names <paramref name="Platform"/>'s public key in public-key mode.</param>
/// <param name="Merchant">The merchant's API key and certificate.</param>
/// <param name="Platform">The platform's key and certificate; the caller needs the public parts only.</param>
public sealed record WeChatPayParty(
    string MerchantId, string AppId, string ApiV3Key, string PublicKeyId, DevelopmentKey Merchant,
        DevelopmentKey Platform)
{
    /// <summary>The serial number of the merchant's certificate.</summary>
    public string MerchantSerial => Serial(Merchant);

    /// <summary>The serial number of the platform's certificate.</summary>
    public string PlatformSerial => Serial(Platform);

    private static string Serial(DevelopmentKey key)
    {
        using var certificate = X509Certificate2.CreateFromPem(key.CertificatePem);
        return certificate.SerialNumber;
    }
}

/// <summary>An Alipay app in certificate mode.</summary>
/// <param name="AppId"><c>app_id</c>.</param>
/// <param name="SellerId">The merchant's user number.</param>
/// <param name="App">The app's key and certificate.</param>
/// <param name="Platform">Alipay's key and certificate; the caller needs the public parts only.</param>
/// <param name="RootCertificatePem">The root both certificates chain to.</param>
public sealed record AlipayParty(
    string AppId, string SellerId, DevelopmentKey App, DevelopmentKey Platform, string RootCertificatePem);

/// <summary>An application at the real-name authority.</summary>
/// <param name="AppId"><c>appId</c>.</param>
/// <param name="AppSecret">The shared secret.</param>
/// <param name="PrivateKey">The application's SM2 private key, Base64 of 32 bytes.</param>
/// <param name="PlatformPrivateKey">The platform's; the caller needs <see cref="PlatformPublicKey"/> only.</param>
public sealed record RealNameParty(string AppId, string AppSecret, string PrivateKey, string PlatformPrivateKey)
{
    /// <summary>The application's public key, Base64 of <c>04‖X‖Y</c>.</summary>
    public string PublicKey => Sm2.PublicKeyOf(Sm2.PrivateKey(PrivateKey));

    /// <summary>The platform's public key, Base64 of <c>04‖X‖Y</c>.</summary>
    public string PlatformPublicKey => Sm2.PublicKeyOf(Sm2.PrivateKey(PlatformPrivateKey));
}

/// <summary>An agency at the billers.</summary>
/// <param name="AgencyId"><c>X-Agency-Id</c> and <c>InstId</c>.</param>
/// <param name="SharedKey">The HMAC key.</param>
public sealed record AgencyParty(string AgencyId, string SharedKey);

/// <summary>A caller of a provincial core.</summary>
/// <param name="Division">The core's division.</param>
/// <param name="AccessId"><c>x-tif-paasid</c>.</param>
/// <param name="Token">The secret of the header signature.</param>
public sealed record CoreParty(string Division, string AccessId, string Token);
