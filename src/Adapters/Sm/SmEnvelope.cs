using System.Text;
using System.Text.Json;
using Org.BouncyCastle.Crypto.Parameters;

namespace Ecert.Adapters.Sm;

/// <summary>What an answer in the envelope came to.</summary>
internal abstract record SmAnswer
{
    private SmAnswer() { }

    /// <summary>Signed by the platform. The data are there only when the code says so.</summary>
    internal sealed record Opened(string Code, string Message, JsonElement? Data) : SmAnswer;

    /// <summary>Not believed, or not in the form.</summary>
    internal sealed record Refused(string Reason) : SmAnswer;
}

/// <summary>
/// The SM2/SM4 envelope of the national centres, in the profile that signs the plaintext with the default user id. Two
/// key pairs: ours signs requests, the platform's signs answers.
/// </summary>
internal sealed class SmEnvelope
{
    private const string Version = "2.0.1";
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);
    private readonly string _appId;
    private readonly string _appSecret;
    private readonly ECPrivateKeyParameters _key;
    private readonly ECPublicKeyParameters _platformKey;
    private readonly byte[] _contentKey;
    private readonly TimeProvider _time;

    /// <exception cref="ArgumentException">A key cannot be read, or the app id has fewer than 16 bytes.</exception>
    public SmEnvelope(string appId, string appSecret, string privateKey, string platformKey, TimeProvider time)
    {
        (_appId, _appSecret, _time) = (appId, appSecret, time);
        (_key, _platformKey) = (Sm2Keys.PrivateKey(privateKey), Sm2Keys.PublicKey(platformKey));
        _contentKey = ContentKey(appId, appSecret);
    }

    /// <summary>The request's body around these data.</summary>
    public byte[] Seal<T>(T data)
    {
        var plaintext = JsonSerializer.SerializeToElement(data, CamelCase);
        var members = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["appId"] = _appId,
            ["version"] = Version,
            ["timestamp"] = $"{_time.GetUtcNow().ToUnixTimeMilliseconds()}",
            ["encType"] = "SM4",
            ["signType"] = "SM2",
        };
        var text = SignedText(members.Append(new("data", CanonicalJson.Write(plaintext))));
        members["encData"] = Convert.ToHexString(
            Sm4Ecb.Encrypt(_contentKey, Encoding.UTF8.GetBytes(CanonicalJson.Write(plaintext))));
        members["signData"] = Convert.ToBase64String(Sm2.Sign(_key, text, plain: true));
        return JsonSerializer.SerializeToUtf8Bytes(members, WireJson.AsSpelt);
    }

    /// <summary>Verifies an answer and opens it.</summary>
    public SmAnswer Open(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Open(document.RootElement)
                : new SmAnswer.Refused("BODY_MALFORMED");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return new SmAnswer.Refused("BODY_MALFORMED");
        }
    }

    private static JsonSerializerOptions CamelCase { get; } =
        new(WireJson.AsSpelt) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private SmAnswer Open(JsonElement answer)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in answer.EnumerateObject())
            if (!members.TryAdd(member.Name, member.Value))
                return new SmAnswer.Refused("BODY_MALFORMED");
        JsonElement? data = null;
        if (Text(members, "encData") is { } encrypted && (data = Decrypt(encrypted)) is null)
            return new SmAnswer.Refused("DECRYPTION_FAILED");
        if (!IsSigned(members, data))
            return new SmAnswer.Refused("SIGNATURE_INVALID");
        if (Text(members, "appId") != _appId || Text(members, "code") is not { } code)
            return new SmAnswer.Refused("BODY_MALFORMED");
        var isTimely = long.TryParse(Text(members, "timestamp"), out var milliseconds)
            && Math.Abs(_time.GetUtcNow().ToUnixTimeMilliseconds() - milliseconds) < Skew.TotalMilliseconds;
        return isTimely
            ? new SmAnswer.Opened(code, Text(members, "message") ?? "", data)
            : new SmAnswer.Refused("TIMESTAMP_SKEWED");
    }

    private bool IsSigned(Dictionary<string, JsonElement> members, JsonElement? data)
    {
        var signature = new byte[64];
        if (Text(members, "signData") is not { Length: 88 } sign
            || !Convert.TryFromBase64String(sign, signature, out var length) || length != signature.Length)
            return false;
        var signed = members
            .Where(member => member.Key is not ("signData" or "encData" or "extra" or "data"))
            .Where(member => !CanonicalJson.IsEmpty(member.Value))
            .Select(member => KeyValuePair.Create(member.Key, CanonicalJson.Bare(member.Value)));
        if (data is { } plaintext)
            signed = signed.Append(new("data", CanonicalJson.Write(plaintext)));
        return Sm2.Verify(_platformKey, SignedText(signed), signature, plain: true);
    }

    /// <summary>
    /// <c>k=v</c> in ASCII order of names joined by <c>&amp;</c>, then <c>&amp;key=</c> and the app secret.
    /// </summary>
    private byte[] SignedText(IEnumerable<KeyValuePair<string, string>> members) => Encoding.UTF8.GetBytes(
        string.Join('&', members
            .OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => $"{member.Key}={member.Value}")) + $"&key={_appSecret}");

    private JsonElement? Decrypt(string encrypted)
    {
        try
        {
            if (Sm4Ecb.Decrypt(_contentKey, Convert.FromHexString(encrypted)) is not { } plaintext)
                return null;
            using var document = JsonDocument.Parse(plaintext);
            return document.RootElement.Clone();
        }
        catch (Exception error) when (error is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The first 16 letters of the upper-case hex of the secret under SM4 with the app id as key.</summary>
    private static byte[] ContentKey(string appId, string appSecret)
    {
        var id = Encoding.UTF8.GetBytes(appId);
        if (id.Length < Sm4Ecb.KeySize)
            throw new ArgumentException("An app id has at least 16 bytes.", nameof(appId));
        var hex = Convert.ToHexString(Sm4Ecb.Encrypt(id[..Sm4Ecb.KeySize], Encoding.UTF8.GetBytes(appSecret)));
        return Encoding.ASCII.GetBytes(hex[..Sm4Ecb.KeySize]);
    }

    private static string? Text(Dictionary<string, JsonElement> members, string name) =>
        members.TryGetValue(name, out var value) && !CanonicalJson.IsEmpty(value) ? CanonicalJson.Bare(value) : null;
}
