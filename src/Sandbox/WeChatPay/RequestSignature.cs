using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.WeChatPay;

/// <summary>Verifies the <c>Authorization</c> header of API v3 with the registered merchant certificates.</summary>
internal sealed partial class RequestSignature(IReadOnlyList<WeChatMerchant> merchants, TimeProvider clock)
{
    private const string Scheme = "WECHATPAY2-SHA256-RSA2048";
    private const int LongestMessageShown = 1024;
    private static readonly string[] Items = ["mchid", "nonce_str", "serial_no", "signature", "timestamp"];
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(300);

    private readonly Dictionary<string, (WeChatMerchant Merchant, string Serial, byte[] PublicKey)> _known =
        merchants.ToDictionary(merchant => merchant.MerchantId, Read);

    /// <summary>The merchant that signed the request.</summary>
    /// <exception cref="WeChatPayRefusedException">401 <c>SIGN_ERROR</c>; the detail says which item is at
    /// fault.</exception>
    public WeChatMerchant Verify(RawRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme + " ", StringComparison.Ordinal))
            throw Refused(request, null, "authorization", "scheme must be " + Scheme);
        var items = ReadItems(header[Scheme.Length..])
            ?? throw Refused(request, null, "authorization",
                "need mchid, nonce_str, serial_no, signature and timestamp");
        var message = Message(request, items["timestamp"], items["nonce_str"]);
        if (!long.TryParse(items["timestamp"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(clock.GetUtcNow().ToUnixTimeSeconds() - seconds) > Window.TotalSeconds)
            throw Refused(request, message, "timestamp", "timestamp expired");
        if (!_known.TryGetValue(items["mchid"], out var known))
            throw Refused(request, message, "mchid", "merchant not exist");
        if (!known.Serial.Equals(items["serial_no"], StringComparison.OrdinalIgnoreCase))
            throw Refused(request, message, "serial_no", "certificate not exist");
        if (!Verifies(known.PublicKey, message, items["signature"]))
            throw Refused(request, message, "signature", "sign not match");
        return known.Merchant;
    }

    private static byte[] Message(RawRequest request, string timestamp, string nonce) =>
    [
        .. Encoding.UTF8.GetBytes($"{request.Method}\n{request.Target}\n{timestamp}\n{nonce}\n"),
        .. request.Body,
        (byte)'\n',
    ];

    private static Dictionary<string, string>? ReadItems(string text)
    {
        var matches = Item().Matches(text);
        if (matches.Sum(match => match.Length) != text.Length)
            return null;
        var items = matches.GroupBy(match => match.Groups["name"].Value)
            .ToDictionary(same => same.Key, same => same.Last().Groups["value"].Value);
        return matches.Count == Items.Length && Items.All(items.ContainsKey) ? items : null;
    }

    [GeneratedRegex("""\G\s*(?<name>[a-z_]+)="(?<value>[^"]*)"\s*(?:,(?!$)|$)""")]
    private static partial Regex Item();

    private static bool Verifies(byte[] publicKey, byte[] message, string signature)
    {
        var bytes = new byte[signature.Length];
        if (!Convert.TryFromBase64String(signature, bytes, out var length))
            return false;
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(publicKey, out _);
        return rsa.VerifyData(message, bytes.AsSpan(0, length), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static (WeChatMerchant, string, byte[]) Read(WeChatMerchant merchant)
    {
        using var certificate = X509Certificate2.CreateFromPem(merchant.CertificatePem);
        return (merchant, certificate.SerialNumber, certificate.PublicKey.ExportSubjectPublicKeyInfo());
    }

    private static WeChatPayRefusedException Refused(RawRequest request, byte[]? message, string field, string issue) =>
        new(new WeChatPayError(401, "SIGN_ERROR", "错误的签名，验签失败", 268443699)
        {
            Detail = () => new JsonObject
            {
                ["detail"] = new JsonObject { ["issue"] = issue },
                ["field"] = field,
                ["location"] = "authorization",
                ["sign_information"] = message is null ? null : new JsonObject
                {
                    ["method"] = request.Method,
                    ["sign_message_length"] = message.Length,
                    ["truncated_sign_message"] =
                        Encoding.UTF8.GetString(message.AsSpan(0, Math.Min(message.Length, LongestMessageShown))),
                    ["url"] = request.Target,
                },
            },
        });
}
