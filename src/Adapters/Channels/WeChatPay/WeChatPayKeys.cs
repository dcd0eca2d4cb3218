using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Ecert.Adapters.Channels.WeChatPay;

/// <summary>
/// The keys WeChat Pay may sign with: the configured ones for good, the downloaded ones until the next download. Ids
/// are compared without case, since serials are hex.
/// </summary>
internal sealed class WeChatPayKeys(IReadOnlyList<WeChatPayKey> configured)
{
    private readonly ImmutableDictionary<string, VerificationKey> _configured =
        Index(configured.Select(VerificationKey.From));

    private ImmutableDictionary<string, VerificationKey> _downloaded = Index([]);

    public bool IsEmpty => _configured.IsEmpty && _downloaded.IsEmpty;

    public VerificationKey? Find(string id) => _configured.GetValueOrDefault(id) ?? _downloaded.GetValueOrDefault(id);

    /// <summary>
    /// Takes the place of everything downloaded before, so that a withdrawn certificate is forgotten.
    /// </summary>
    public void Replace(IEnumerable<VerificationKey> downloaded) => Volatile.Write(ref _downloaded, Index(downloaded));

    /// <summary>
    /// Why a signature is not accepted, or null when it is right: on answers and on notifications alike. The text is
    /// <c>timestamp LF nonce LF body LF</c> over the body's bytes as they arrived.
    /// </summary>
    public string? Refusal(Func<string, string?> header, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var (timestamp, nonce) = (header("Wechatpay-Timestamp"), header("Wechatpay-Nonce"));
        var (signature, id) = (header("Wechatpay-Signature"), header("Wechatpay-Serial"));
        if (timestamp is null || nonce is null || signature is null || id is null)
            return WeChatPayRefusals.HeadersIncomplete;
        if (!long.TryParse(timestamp, out var seconds) || Math.Abs(now.ToUnixTimeSeconds() - seconds) >= 300)
            return WeChatPayRefusals.TimestampSkewed;
        if (Find(id) is not { } key || !key.IsValidAt(now))
            return WeChatPayRefusals.KeyUnknown;
        byte[] text = [.. Encoding.UTF8.GetBytes($"{timestamp}\n{nonce}\n"), .. body, (byte)'\n'];
        return RsaSha256.Verify(key.Rsa, text, signature) ? null : WeChatPayRefusals.SignatureInvalid;
    }

    private static ImmutableDictionary<string, VerificationKey> Index(IEnumerable<VerificationKey> keys) =>
        keys.ToImmutableDictionary(key => key.Id, StringComparer.OrdinalIgnoreCase);
}

/// <summary>Why a signed message of WeChat Pay is not accepted.</summary>
internal static class WeChatPayRefusals
{
    public const string HeadersIncomplete = "SIGNATURE_HEADERS_INCOMPLETE";
    public const string TimestampSkewed = "TIMESTAMP_SKEWED";
    public const string KeyUnknown = "KEY_UNKNOWN";
    public const string SignatureInvalid = "SIGNATURE_INVALID";
}

/// <summary>A public key with the time in which it may be used.</summary>
internal sealed record VerificationKey(string Id, RSA Rsa, DateTimeOffset NotBefore, DateTimeOffset NotAfter)
{
    public bool IsValidAt(DateTimeOffset time) => NotBefore <= time && time <= NotAfter;

    /// <exception cref="ArgumentException">The PEM text holds no RSA key.</exception>
    public static VerificationKey From(WeChatPayKey key)
    {
        if (!key.Pem.Contains("CERTIFICATE", StringComparison.Ordinal))
            return new(key.Id, RsaSha256.PublicKey(key.Pem), DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        using var certificate = X509Certificate2.CreateFromPem(key.Pem);
        var rsa = certificate.GetRSAPublicKey()
            ?? throw new ArgumentException("The certificate's key is not RSA.", nameof(key));
        return new(key.Id, rsa, certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
    }
}
