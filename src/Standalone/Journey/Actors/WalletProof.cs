using System.Text;
using System.Text.Json;
using Ecert.Certificates.Suites;
using Microsoft.IdentityModel.Tokens;

namespace Ecert.Standalone.Journey.Actors;

/// <summary>
/// The proof of possession of the holder's key (OpenID4VCI 1.0, appendix F.1). Signed through the same seam that signs
/// presentations, because that is all a secure element offers.
/// </summary>
internal static class WalletProof
{
    public static async Task<string> CreateAsync(
        SigningKey holder, string issuer, string clientId, string nonce, long issuedAt, CancellationToken ct)
    {
        var header = JsonSerializer.Serialize(new
        {
            typ = "openid4vci-proof+jwt", alg = "ES256",
            jwk = new
            {
                kty = "EC", crv = "P-256", x = Base64UrlEncoder.Encode(holder.PublicKey.X.ToArray()),
                y = Base64UrlEncoder.Encode(holder.PublicKey.Y.ToArray()),
            },
        });
        var claims = JsonSerializer.Serialize(new { iss = clientId, aud = issuer, iat = issuedAt, nonce });
        var signed = $"{Base64UrlEncoder.Encode(header)}.{Base64UrlEncoder.Encode(claims)}";
        return $"{signed}.{Base64UrlEncoder.Encode(await holder.SignAsync(Encoding.ASCII.GetBytes(signed), ct))}";
    }
}
