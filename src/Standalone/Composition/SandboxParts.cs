using Ecert.CertsDev;
using Ecert.Sandbox;
using Ecert.Sandbox.Alipay;
using Ecert.Sandbox.Billers;
using Ecert.Sandbox.ProvincialCore;
using Ecert.Sandbox.RealName;
using Ecert.Sandbox.WeChatPay;
using Ecert.Standalone.Seed;

namespace Ecert.Standalone.Composition;

/// <summary>What the Sandbox is told: the counterparts' keys, and the people and bills they know.</summary>
internal static class SandboxParts
{
    public static SandboxOptions Options(Addresses addresses, DevelopmentChain chain, SharedKeys keys) => new()
    {
        Urls = [addresses.Sandbox.ToString().TrimEnd('/')],
        WeChatPay = new WeChatPayOptions
        {
            Merchants =
            [
                new WeChatMerchant(
                    Merchants.WeChatMerchantId, [Merchants.WeChatAppId], chain.WeChatPay.Merchant.CertificatePem,
                    chain.WeChatPay.ApiV3Key),
            ],
            PlatformKeys =
                [new WeChatPlatformKey(
                    chain.WeChatPay.Platform.PrivateKeyPem, chain.WeChatPay.Platform.CertificatePem, null)],
        },
        Alipay = new AlipayOptions
        {
            Apps = [new AlipayApp(
                Merchants.AlipayAppId, Merchants.AlipaySellerId, chain.Alipay.App.CertificatePem, null)],
            PrivateKeyPem = chain.Alipay.Platform.PrivateKeyPem,
            CertificatePem = chain.Alipay.Platform.CertificatePem,
            RootCertificatePem = chain.Alipay.Root.CertificatePem,
        },
        Billers =
        [
            new BillerOptions(Merchants.ElectricityCompany, "Pilot Electricity", Merchants.AgencyId, keys.AgencyKey,
                Bills.Electricity),
        ],
        ProvincialCores =
        [
            new ProvincialCoreOptions(Citizens.PersonBaseDivision, Merchants.CoreCallerId,
                chain.ProvinceCores.Single(core => core.Key.Value == Citizens.PersonBaseDivision).Value.SharedSecret,
                [.. Citizens.All.Select(Citizens.ToInsuredPerson)]),
        ],
        RealName = new RealNameOptions
        {
            Applications =
                [new RealNameApplication(
                    Merchants.RealNameAppId, chain.RealName.SharedSecret, chain.RealName.OurSm2PublicKey)],
            PlatformPrivateKey = chain.RealName.TheirSm2PrivateNumber,
            Persons = [.. Citizens.All.Select(
                citizen => new RegisteredPerson(citizen.Name, "01", citizen.DocumentNumber))],
        },
    };
}
