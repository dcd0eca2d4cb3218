using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ecert.Adapters.Channels.Alipay;
using Ecert.Adapters.Ports;
using Ecert.Adapters.Resilience;
using Ecert.Fixtures;
using Ecert.Kernel;
using Ecert.Kernel.Identifiers;

namespace Ecert.Adapters.Tests.Channels.Alipay;

/// <summary>A scripted Alipay with keys of its own, signing apart from the product's code.</summary>
internal sealed class AlipayScript
{
    public static readonly RSA AppKey = RSA.Create(2048);
    public static readonly RSA AlipayKey = RSA.Create(2048);
    public static readonly RSA OtherKey = RSA.Create(2048);

    public ManualTimeProvider Time { get; } = new();

    public ScriptedServer Server { get; } = new();

    public static readonly PaymentId Payment = new("PAY-2026_Ab*|01");

    public static ChannelOrder Order(ChannelScene scene, string? payerId = "2088102122524333") => new(
        Payment, new Money(1230), "地铁 & 乘车费", scene, payerId, new DateTimeOffset(2026, 11, 2, 2, 0, 0, TimeSpan.Zero));

    public static readonly ChannelRefund Refund =
        new(new RefundId("REFUND01"), Payment, new Money(200), new Money(1230), "退回");

    public AlipayOptions Options => new()
    {
        Gateway = new Uri("https://alipay.example/gateway.do"),
        AppId = "2021000000000001",
        AppPrivateKeyPem = AppKey.ExportPkcs8PrivateKeyPem(),
        Trust = new AlipayTrust.PublicKey(Convert.ToBase64String(AlipayKey.ExportSubjectPublicKeyInfo())),
        NotifyUrl = new Uri("https://gateway.example/notify"),
        SellerId = "2088000000000001",
        Resilience = new ResilienceOptions { RepeatDelay = TimeSpan.Zero },
    };

    public AlipayAdapter Adapter(AlipayOptions? options = null) => new(Server.Client(), options ?? Options, Time);

    /// <summary>Answers the method with a signed node of a success and these members.</summary>
    public AlipayScript Answers(string method, string members, string code = "10000", string? subCode = null)
    {
        var node = $$"""{"code":"{{code}}","msg":"说明"{{(subCode is null ? "" : $",\"sub_code\":\"{subCode}\"")}}"""
            + (members.Length > 0 ? "," + members : "") + "}";
        Server.Answers(200, Envelope(method, node));
        return this;
    }

    public AlipayScript Fails(string method, string subCode) => Answers(method, "", "40004", subCode);

    public static string Envelope(string method, string node, RSA? key = null) =>
        $$"""{"{{NodeName(method)}}":{{node}},"sign":"{{Sign(node, key)}}"}""";

    public static string NodeName(string method) => method.Replace('.', '_') + "_response";

    public static string Sign(string text, RSA? key = null) => Sign(Encoding.UTF8.GetBytes(text), key);

    public static string Sign(byte[] text, RSA? key = null) => Convert.ToBase64String(
        (key ?? AlipayKey).SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    /// <summary>The members of a trade as a query answers it.</summary>
    public static string Trade(string status, string amount = "12.30", string number = "PAY-2026_Ab*|01") => $$"""
        "out_trade_no":"{{number}}","trade_no":"2026110222001","trade_status":"{{status}}","total_amount":"{{amount}}",
        "added_later":{"deep":[1,2]}
        """;

    /// <summary>A root, and a certificate under it for a key; valid around the script's clock.</summary>
    public (string RootPem, Func<RSA, string> IssuePem) Authority(string name)
    {
        var key = RSA.Create(2048);
        var request = new CertificateRequest(
            $"CN={name}, O=Test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var (from, to) = (Time.GetUtcNow().AddDays(-1), Time.GetUtcNow().AddDays(30));
        var root = request.CreateSelfSigned(from, to);
        var serial = (byte)0;
        return (root.ExportCertificatePem(), subject =>
        {
            var leaf = new CertificateRequest(
                "CN=Alipay, O=Test", subject, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            using var certificate = leaf.Create(root, from, to, [1, 2, 3, ++serial]);
            return certificate.ExportCertificatePem();
        });
    }

    /// <summary>The serial as a foreign hand computes it: openssl's issuer and serial, MD5.</summary>
    public static string SerialOf(string pem)
    {
        var lines = OpenSsl.Run(
            new Dictionary<string, byte[]> { ["c.pem"] = Encoding.ASCII.GetBytes(pem) },
            "x509", "-in", "c.pem", "-noout", "-issuer", "-serial", "-nameopt", "RFC2253,-esc_msb,utf8").Split('\n');
        var number = BigInteger.Parse("0" + lines[1]["serial=".Length..], NumberStyles.HexNumber);
        return Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(lines[0]["issuer=".Length..] + number)));
    }
}
