using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ecert.Adapters.Channels.WeChatPay;
using Ecert.Adapters.Ports;
using Ecert.Adapters.Resilience;
using Ecert.Fixtures;
using Ecert.Kernel;
using Ecert.Kernel.Identifiers;

namespace Ecert.Adapters.Tests.Channels.WeChatPay;

/// <summary>A scripted WeChat Pay with keys of its own, signing apart from the product's code.</summary>
internal sealed class WeChatPayScript
{
    public const string ApiV3Key = "0123456789abcdef0123456789abcdef";
    public const string PublicKeyId = "PUB_KEY_ID_0000000000000024101100397200000006";
    public static readonly RSA MerchantKey = RSA.Create(2048);
    public static readonly RSA PlatformKey = RSA.Create(2048);
    public static readonly RSA OtherKey = RSA.Create(2048);

    public ManualTimeProvider Time { get; } = new();

    public ScriptedServer Server { get; } = new();

    public static readonly PaymentId Payment = new("PAY-2026_Ab*|01");

    public static ChannelOrder Order(ChannelScene scene, string? payerId = "oUpF8uMuAJO") => new(
        Payment, new Money(1234), "地铁乘车费", scene, payerId, new DateTimeOffset(2026, 11, 2, 2, 0, 0, TimeSpan.Zero));

    public static readonly ChannelRefund Refund =
        new(new RefundId("REFUND01"), Payment, new Money(200), new Money(1234), "退回");

    public WeChatPayOptions Options => new()
    {
        BaseAddress = new Uri("https://pay.example/prefix"),
        MerchantId = "1900000001",
        AppId = "wxd678efh567hg6787",
        MerchantSerial = "77044E9C",
        MerchantPrivateKeyPem = MerchantKey.ExportPkcs8PrivateKeyPem(),
        ApiV3Key = ApiV3Key,
        PaymentNotifyUrl = new Uri("https://gateway.example/notify/payment"),
        RefundNotifyUrl = new Uri("https://gateway.example/notify/refund"),
        PlatformKeys = [new WeChatPayKey(PublicKeyId, PlatformKey.ExportSubjectPublicKeyInfoPem())],
        DownloadsCertificates = false,
        Resilience = new ResilienceOptions { RepeatDelay = TimeSpan.Zero },
    };

    public WeChatPayAdapter Adapter(WeChatPayOptions? options = null) =>
        new(Server.Client(), options ?? Options, Time, new SeededRandomSource(1));

    public WeChatPayScript Answers(string body, int status = 200)
    {
        Server.Answers(_ => Signed(body, status));
        return this;
    }

    public WeChatPayScript AnswersError(int status, string code)
    {
        Server.Answers(status, $$"""{"code":"{{code}}","message":"说明"}""");
        return this;
    }

    public HttpResponseMessage Signed(
        string body, int status = 200, RSA? key = null, string? id = null, long skew = 0, string? signature = null)
    {
        var response = ScriptedServer.Plain(status, body);
        foreach (var (name, value) in Headers(Encoding.UTF8.GetBytes(body), key, id, skew, signature))
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    public Dictionary<string, string> Headers(
        byte[] body, RSA? key = null, string? id = null, long skew = 0, string? signature = null)
    {
        var timestamp = Time.GetUtcNow().ToUnixTimeSeconds() + skew;
        byte[] text = [.. Encoding.UTF8.GetBytes($"{timestamp}\nn0nce\n"), .. body, (byte)'\n'];
        return new Dictionary<string, string>
        {
            ["Wechatpay-Timestamp"] = $"{timestamp}",
            ["Wechatpay-Nonce"] = "n0nce",
            ["Wechatpay-Serial"] = id ?? PublicKeyId,
            ["Wechatpay-Signature"] = signature ?? Convert.ToBase64String(
                (key ?? PlatformKey).SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
        };
    }

    public CallbackRequest Posted(string eventType, string plaintext) => Posted(Notification(eventType, plaintext));

    public CallbackRequest Posted(string body) =>
        new(Headers(Encoding.UTF8.GetBytes(body)), "application/json", Encoding.UTF8.GetBytes(body));

    /// <summary>
    /// A notification with odd blanks, an unknown member and an escape, as no serialiser would write it.
    /// </summary>
    public static string Notification(string eventType, string plaintext) =>
        "{ \"summary\":\"\\u652f付成功\" ,\"id\":\"EV-1\",\n \"later\":[{}],\"event_type\":\"" + eventType
        + "\",\"resource\":" + Sealed(plaintext, "transaction") + "}";

    public static string Sealed(string plaintext, string associated)
    {
        var text = Encoding.UTF8.GetBytes(plaintext);
        var (cipher, tag) = (new byte[text.Length], new byte[16]);
        using var gcm = new AesGcm(Encoding.ASCII.GetBytes(ApiV3Key), 16);
        gcm.Encrypt("abcdefghijkl"u8, text, cipher, tag, Encoding.UTF8.GetBytes(associated));
        var sealedText = Convert.ToBase64String([.. cipher, .. tag]);
        return $$"""
            {"algorithm":"AEAD_AES_256_GCM","nonce":"abcdefghijkl","associated_data":"{{associated}}",
             "ciphertext":"{{sealedText}}"}
            """;
    }

    /// <summary>A platform certificate of a throw-away key, valid around the script's clock.</summary>
    public (string Serial, string Pem) Certificate(RSA key)
    {
        var request = new CertificateRequest("CN=Tenpay", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(Time.GetUtcNow().AddDays(-1), Time.GetUtcNow().AddDays(30));
        return (certificate.SerialNumber, certificate.ExportCertificatePem());
    }

    public static string Certificates(params (string Serial, string Pem)[] certificates) =>
        "{\"data\":[" + string.Join(',', certificates.Select(certificate =>
            $"{{\"serial_no\":\"{certificate.Serial}\",\"encrypt_certificate\":"
            + Sealed(certificate.Pem, "certificate") + "}"))
        + "]}";

    public static string Transaction(
        string state, string number = "PAY-2026_Ab*|01", string merchant = "1900000001") => $$"""
        {"appid":"wxd678efh567hg6787","mchid":"{{merchant}}","out_trade_no":"{{number}}","transaction_id":"4200001",
         "trade_state":"{{state}}","trade_state_desc":"说明","success_time":"2026-11-02T09:00:00+08:00",
         "amount":{"total":1234,"payer_total":1200,"currency":"CNY"},"payer":{"openid":"o"},"added_later":true}
        """;

    public static string RefundOf(string field, string status, string number = "REFUND01") => $$"""
        {"mchid":"1900000001","refund_id":"5030001","out_refund_no":"{{number}}","out_trade_no":"PAY-2026_Ab*|01",
         "{{field}}":"{{status}}","success_time":"2026-11-02T09:00:05+08:00",
         "amount":{"total":1234,"refund":200,"currency":"CNY"} }
        """;
}
