using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using Ecert.Kernel;

namespace Ecert.Identity.Authorization.Jwt;

/// <summary>A P-256 public key as a JWK (RFC 7517), as holders send it along with their proofs.</summary>
/// <param name="X">The x coordinate, base64url of 32 bytes.</param>
/// <param name="Y">The y coordinate, base64url of 32 bytes.</param>
internal sealed record PublicJwk(string X, string Y)
{
    private const int CoordinateBytes = 32;

    /// <summary>RFC 7638: base64url of SHA-256 over the required members in lexical order.</summary>
    public string Thumbprint => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(
        $$"""{"crv":"P-256","kty":"EC","x":"{{X}}","y":"{{Y}}"}""")));

    /// <summary>
    /// Reads the <c>jwk</c> member of a proof's header. Refused: other curves, coordinates off the curve or of another
    /// length, and a key that carries its private part (RFC 9449 §4.3).
    /// </summary>
    public static PublicJwk? Read(Claims? jwk)
    {
        if (jwk is not { } key || key.Text("kty") != "EC" || key.Text("crv") != "P-256")
            return null;
        if (key.Object.TryGetProperty("d", out _) || key.Text("x") is not { } x || key.Text("y") is not { } y)
            return null;
        return IsOnCurve(x, y) ? new PublicJwk(x, y) : null;
    }

    /// <summary>The key for the verifier.</summary>
    public JsonWebKey ToJsonWebKey() => new() { Kty = "EC", Crv = "P-256", X = X, Y = Y };

    /// <summary>Both coordinates, 32 bytes each.</summary>
    public ECPoint ToPoint() => new() { X = Base64Url.DecodeFromChars(X), Y = Base64Url.DecodeFromChars(Y) };

    private static bool IsOnCurve(string x, string y)
    {
        if (!IsCoordinate(x) || !IsCoordinate(y))
            return false;
        try
        {
            using var key = ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new PublicJwk(x, y).ToPoint(),
            });
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    // Exactly the canonical spelling, so that one key has one thumbprint.
    private static bool IsCoordinate(string text) =>
        StrictBase64Url.TryDecode(text, out var bytes) && bytes.Length == CoordinateBytes;
}
