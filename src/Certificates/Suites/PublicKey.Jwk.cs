using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ecert.Kernel;

namespace Ecert.Certificates.Suites;

/// <summary>The JSON Web Key form (RFC 7517, 7518 §6.2): what WebCrypto exports and what a key proof carries.</summary>
public sealed partial class PublicKey
{
    /// <summary>
    /// Reads an EC public key: <c>kty</c> EC, <c>crv</c> P-256 or SM2, <c>x</c> and <c>y</c> of 32 bytes in base64url.
    /// Other members are ignored, except that a private part (<c>d</c>) is refused: it should never have been sent.
    /// </summary>
    public static bool TryFromJwk(JsonElement jwk, out PublicKey key)
    {
        key = null!;
        if (jwk.ValueKind != JsonValueKind.Object || Member(jwk, "kty") != "EC" || jwk.TryGetProperty("d", out _))
            return false;
        var curve = Member(jwk, "crv");
        var suite = SignatureSuite.All.FirstOrDefault(candidate => candidate.JwkCurve == curve);
        return suite is not null
            && TryCoordinate(jwk, "x", out var x)
            && TryCoordinate(jwk, "y", out var y)
            && TryCreate(suite, x, y, out key);
    }

    /// <summary>Reads as the other overload does, from JSON text; false when the text is not JSON.</summary>
    public static bool TryFromJwk(string json, out PublicKey key)
    {
        key = null!;
        try
        {
            using var document = JsonDocument.Parse(json);
            return TryFromJwk(document.RootElement, out key);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>
    /// The key as JWK with the members <c>crv</c>, <c>kty</c>, <c>x</c>, <c>y</c> in this order and no blanks.
    /// </summary>
    public string ToJwk()
    {
        var (x, y) = (Base64Url.EncodeToString(_x), Base64Url.EncodeToString(_y));
        return $$"""{"crv":"{{Suite.JwkCurve}}","kty":"EC","x":"{{x}}","y":"{{y}}"}""";
    }

    /// <summary>The SHA-256 JWK thumbprint (RFC 7638) in base64url.</summary>
    public string JwkThumbprint() => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(ToJwk())));

    private static string? Member(JsonElement jwk, string name) =>
        jwk.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool TryCoordinate(JsonElement jwk, string name, out byte[] coordinate)
    {
        coordinate = StrictBase64Url.TryDecode(Member(jwk, name), out var bytes) ? bytes : [];
        return coordinate.Length == SignatureSuite.CoordinateSize;
    }
}
