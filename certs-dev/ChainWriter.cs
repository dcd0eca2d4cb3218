using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Ecert.Certificates.Suites;
using Ecert.Certificates.Trust;
using Ecert.Kernel;

namespace Ecert.CertsDev;

/// <summary>Makes everything the development chain consists of.</summary>
internal sealed class ChainWriter
{
    private readonly MadeFolder _folder;
    private readonly CertificateMaker _maker;

    private ChainWriter(MadeFolder folder, DateTimeOffset now) =>
        (_folder, _maker) = (folder, new CertificateMaker(now));

    internal static void Make(string folder, DateTimeOffset now) => MadeFolder.Replace(folder, now, made =>
    {
        var writer = new ChainWriter(made, now);
        writer.MakeTrust();
        writer.MakeTls();
        writer.MakeOAuthClients();
        writer.MakeChannels();
        writer.MakeCounterparts();
        made.Write(Layout.Manifest, new Manifest(Layout.Version, now, now + CertificateMaker.LeafLifetime).ToJson());
    });

    /// <summary>National root → province CA → document signer, and the trust-list signer below the root.</summary>
    private void MakeTrust()
    {
        var root = _maker.Authority("C=CN,O=Ecert development,CN=National root", null, pathLength: 1);
        _folder.Write(Layout.Root, root);
        var listSigner = _maker.DocumentSigner(
            "C=CN,O=Ecert development,CN=Trust-list signer", root, TrustProfile.TrustListSigning);
        _folder.Write(Layout.TrustListSigner, listSigner);
        foreach (var province in Cast.Provinces)
        {
            var authority = _maker.Authority($"C=CN,ST={province},CN=Province CA", root, pathLength: 0, province);
            _folder.Write(Layout.ProvinceAuthority(province), authority);
            var signer = _maker.DocumentSigner(
                $"C=CN,ST={province},CN=Document signer", authority, TrustProfile.DocumentSigning);
            _folder.Write(Layout.DocumentSigner(province), signer);
        }
    }

    /// <summary>TLS certificates come from an authority apart: a stolen server key signs no e-certificate.</summary>
    private void MakeTls()
    {
        var authority = _maker.Authority("C=CN,O=Ecert development,CN=TLS CA", null, pathLength: 0);
        _folder.Write(Layout.TlsAuthority, authority);
        foreach (var server in Cast.Servers)
            _folder.Write(Layout.Server(server), _maker.Server(server, authority));
        foreach (var code in Cast.Institutions)
            _folder.Write(Layout.Institution(code), _maker.Client(code, Cast.InstitutionUrn(code), authority));
        _folder.Write(Layout.GatewayClient, _maker.Client("gateway", Cast.GatewayUrn, authority));
        MakeSamples(authority);
    }

    /// <summary>Certificates of the hospital in Hebei that must all be turned away.</summary>
    private void MakeSamples(KeyedCertificate authority)
    {
        var (name, urn) = (Cast.HebeiHospital, Cast.InstitutionUrn(Cast.HebeiHospital));
        var revoked = _maker.Client(name, urn, authority);
        _folder.Write(Layout.Sample("revoked"), revoked);
        _folder.Write(Layout.TlsRevocations, _maker.RevocationList(authority, revoked) + "\n");
        _folder.Write(Layout.Sample("expired"), _maker.Client(name, urn, authority, Days(-730), Days(-365)));
        _folder.Write(Layout.Sample("not-yet-valid"), _maker.Client(name, urn, authority, Days(365), Days(730)));
        _folder.Write(Layout.Sample("wrong-usage"), _maker.Client(name, urn, authority, forServers: true));
        _folder.Write(Layout.Sample("look-alike"), _maker.LookAlike(name, urn));
    }

    private void MakeOAuthClients()
    {
        foreach (var client in Cast.OAuthClients)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            _folder.Write(Layout.OAuthClient(client), PrivateJwk(key));
        }
    }

    /// <summary>The RSA keys are the slow part: made two at a time.</summary>
    private void MakeChannels()
    {
        var keys = new RSA[6];
        Parallel.For(0, keys.Length, new ParallelOptions { MaxDegreeOfParallelism = 2 }, index =>
        {
            keys[index] = RSA.Create();
            keys[index].KeySize = 2048;
            keys[index].ExportParameters(includePrivateParameters: false);
        });
        var weChatRoot = _maker.Authority("C=CN,O=Tenpay stand-in,CN=Tenpay CA", null, 0, rsa: keys[0]);
        _folder.Write(Layout.WeChatPayAuthority, weChatRoot);
        _folder.Write(Layout.WeChatPayMerchant, _maker.Channel("C=CN,O=Merchant,CN=1900000109", weChatRoot, keys[1]));
        _folder.Write(
            Layout.WeChatPayPlatform, _maker.Channel("C=CN,O=Tenpay stand-in,CN=Tenpay.com sign", weChatRoot, keys[2]));
        _folder.Write(Layout.WeChatPayApiV3Key, Secret(32));
        var alipayRoot = _maker.Authority("C=CN,O=Ant stand-in,CN=Ant Root CA", null, 0, rsa: keys[3]);
        _folder.Write(Layout.AlipayRoot, alipayRoot);
        _folder.Write(Layout.AlipayApp, _maker.Channel("C=CN,O=Merchant,CN=2021000000000001", alipayRoot, keys[4]));
        _folder.Write(Layout.AlipayPlatform, _maker.Channel("C=CN,O=Ant stand-in,CN=Alipay", alipayRoot, keys[5]));
    }

    /// <summary>
    /// What the real-name authority and the provincial cores share with us: a secret, and an SM2 pair each way.
    /// </summary>
    private void MakeCounterparts()
    {
        foreach (var counterpart in Cast.Provinces.Select(Layout.ProvinceCore).Append(Layout.RealName))
        {
            _folder.Write(Layout.SharedSecret(counterpart), Secret(32));
            _folder.Write(Layout.OurSm2Key(counterpart), SignatureSuite.Sm2.GenerateKeyPem() + "\n");
            _folder.Write(Layout.TheirSm2Key(counterpart), SignatureSuite.Sm2.GenerateKeyPem() + "\n");
        }
    }

    private static string PrivateJwk(ECDsa key)
    {
        var parameters = key.ExportParameters(includePrivateParameters: true);
        var publicKey = PublicKey.Create(SignatureSuite.Es256, parameters.Q.X, parameters.Q.Y);
        return JsonSerializer.Serialize(new
        {
            kty = "EC", crv = "P-256", alg = "ES256", use = "sig", kid = publicKey.JwkThumbprint(),
            x = Base64Url.EncodeToString(publicKey.X), y = Base64Url.EncodeToString(publicKey.Y),
            d = Base64Url.EncodeToString(parameters.D),
        }) + "\n";
    }

    /// <summary>Hexadecimal digits: as many ASCII characters as asked for.</summary>
    private static string Secret(int length) =>
        Convert.ToHexString(RandomSource.System.Bytes(length / 2)).ToLower(CultureInfo.InvariantCulture);

    private static TimeSpan Days(int count) => TimeSpan.FromDays(count);
}
