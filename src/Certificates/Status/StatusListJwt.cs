using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Ecert.Certificates.Cose;
using Ecert.Certificates.Suites;
using Ecert.Certificates.Trust;
using Ecert.Kernel;

namespace Ecert.Certificates.Status;

/// <summary>
/// A Status List Token in JWT form (Token Status List §5.1): a JWS in the compact form (RFC 7515 §3.1) of type
/// <c>statuslist+jwt</c>, signed by ES256; <c>kid</c> is the signer's key id in base64url. SM2 has no registered JOSE
/// algorithm. What a signer says beyond what we know is passed over in the claims and refused in the header.
/// </summary>
internal sealed class StatusListJwt
{
    private const string MediaType = "statuslist+jwt";
    private const string Algorithm = "ES256";
    private const int LargestToken = 1 << 25;
    private const int LongestAddress = 256;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    private readonly byte[] _toBeSigned;
    private readonly byte[] _payload;
    private readonly byte[] _signature;

    private StatusListJwt(KeyId keyId, byte[] toBeSigned, byte[] payload, byte[] signature) =>
        (KeyId, _toBeSigned, _payload, _signature) = (keyId, toBeSigned, payload, signature);

    /// <summary>Who says to have signed it.</summary>
    internal KeyId KeyId { get; }

    /// <summary>The claims, in JSON.</summary>
    internal static byte[] Encode(
        Uri address, StatusArray statuses, DateTimeOffset issuedAt, DateTimeOffset expiresAt, TimeSpan timeToLive) =>
        Json(writer =>
        {
            writer.WriteString("sub", address.OriginalString);
            writer.WriteNumber("iat", issuedAt.ToUnixTimeSeconds());
            writer.WriteNumber("exp", expiresAt.ToUnixTimeSeconds());
            writer.WriteNumber("ttl", (long)timeToLive.TotalSeconds);
            writer.WriteStartObject("status_list");
            writer.WriteNumber("bits", StatusArray.Bits);
            writer.WriteString("lst", Base64Url.EncodeToString(statuses.Compress()));
            writer.WriteEndObject();
        });

    /// <summary>The token over these claims.</summary>
    /// <exception cref="NotSupportedException">The key is no P-256 key.</exception>
    internal static async ValueTask<string> SignAsync(byte[] claims, KeyId keyId, SigningKey key, CancellationToken ct)
    {
        if (key.Suite != SignatureSuite.Es256)
            throw new NotSupportedException("A status list in JWT form takes a P-256 key: JOSE knows no SM2.");
        var header = Json(writer =>
        {
            writer.WriteString("alg", Algorithm);
            writer.WriteString("typ", MediaType);
            writer.WriteString("kid", Base64Url.EncodeToString(keyId.ToBytes()));
        });
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(claims)}";
        var signature = await key.SignAsync(Encoding.ASCII.GetBytes(signed), ct);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>Takes a token apart; nothing of it is to be believed yet.</summary>
    /// <exception cref="MalformedException">It is no such token.</exception>
    internal static StatusListJwt Read(string token)
    {
        var parts = token.Length <= LargestToken ? token.Split('.', 4) : [];
        if (parts.Length != 3)
            throw new MalformedException("status_list.jwt");
        var keyId = ReadHeader(Decoded(parts[0], "status_list.header"));
        var toBeSigned = Encoding.ASCII.GetBytes(token, 0, token.LastIndexOf('.'));
        return new StatusListJwt(
            keyId, toBeSigned, Decoded(parts[1], "status_list.claims"), Decoded(parts[2], "status_list.signature"));
    }

    internal bool VerifiedBy(PublicKey key) =>
        key.Suite == SignatureSuite.Es256 && key.Verify(_toBeSigned, _signature);

    /// <summary>The claims; to be read of a verified token alone.</summary>
    /// <exception cref="MalformedException">They are not those of a status list.</exception>
    internal StatusListContent Content()
    {
        using var document = Parse(_payload, "status_list.claims");
        var claims = document.RootElement;
        return new StatusListContent(
            Address(claims), Time(claims, "iat"), Time(claims, "exp"), TimeToLive(claims), Statuses(claims));
    }

    private static KeyId ReadHeader(byte[] bytes)
    {
        using var document = Parse(bytes, "status_list.header");
        var header = document.RootElement;
        var isOurs = header.EnumerateObject().Count() == 3
            && Text(header, "alg") == Algorithm && Text(header, "typ") == MediaType;
        if (!isOurs || Text(header, "kid") is not { Length: <= 16 } kid)
            throw new MalformedException("status_list.header");
        var id = Decoded(kid, "status_list.header.kid");
        return id.Length == 8 ? KeyId.FromBytes(id) : throw new MalformedException("status_list.header.kid");
    }

    private static string Address(JsonElement claims) =>
        Text(claims, "sub") is { Length: <= LongestAddress } address
            ? address
            : throw new MalformedException("status_list.claims.sub");

    private static DateTimeOffset Time(JsonElement claims, string name) =>
        Number(claims, name) is { } seconds && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw new MalformedException($"status_list.claims.{name}");

    private static TimeSpan? TimeToLive(JsonElement claims)
    {
        if (!claims.TryGetProperty("ttl", out _))
            return null;
        return Number(claims, "ttl") is { } seconds and > 0 and <= int.MaxValue
            ? TimeSpan.FromSeconds(seconds)
            : throw new MalformedException("status_list.claims.ttl");
    }

    private static StatusArray Statuses(JsonElement claims)
    {
        var isList = claims.TryGetProperty("status_list", out var list) && list.ValueKind == JsonValueKind.Object;
        if (!isList || Number(list, "bits") != StatusArray.Bits || Text(list, "lst") is not { } compressed
            || !StatusArray.TryDecompress(Decoded(compressed, "status_list.lst"), out var statuses))
            throw new MalformedException("status_list.lst");
        return statuses;
    }

    /// <summary>A number of whole seconds that is not negative, or null.</summary>
    private static long? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out var number) && number >= 0
            ? number
            : null;

    /// <summary>A text, or null where there is none or it is not well-formed Unicode.</summary>
    private static string? Text(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonDocument Parse(byte[] bytes, string where)
    {
        try
        {
            var document = JsonDocument.Parse(bytes, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
            throw new MalformedException(where);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new MalformedException(where);
        }
    }

    private static byte[] Decoded(string text, string where) =>
        StrictBase64Url.TryDecode(text, out var bytes) ? bytes : throw new MalformedException(where);

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        using var target = new MemoryStream();
        using (var writer = new Utf8JsonWriter(target))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        return target.ToArray();
    }
}
