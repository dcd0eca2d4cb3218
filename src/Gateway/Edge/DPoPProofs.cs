using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ecert.Gateway.Storage;
using Ecert.Kernel;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Ecert.Gateway.Edge;

/// <summary>
/// Checks DPoP proofs (RFC 9449 §4.3) on gRPC calls: <c>htm</c> is POST and <c>htu</c> the gateway's public address
/// followed by the call's <c>:path</c>. A proof is good once.
/// </summary>
internal sealed class DPoPProofs(GatewayOptions options, SharedState state, TimeProvider clock, RandomSource random)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    /// <summary>A proof may be a window ahead of us and is good for another: past the last moment of both.</summary>
    private static readonly TimeSpan SeenFor = Window * 2 + TimeSpan.FromSeconds(1);
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    /// <summary>Null when the proof holds, otherwise what is wrong with it.</summary>
    /// <param name="proof">The <c>dpop</c> header.</param>
    /// <param name="path">The call's full method name.</param>
    /// <param name="accessToken">The access token it comes with (<c>ath</c>).</param>
    /// <param name="keyThumbprint">The thumbprint the token is bound to (<c>jkt</c>, RFC 7638).</param>
    public string? Check(string proof, string path, string accessToken, string keyThumbprint)
    {
        try
        {
            return CheckReadable(proof, path, accessToken, keyThumbprint);
        }
        catch (Exception malformed) when (malformed is FormatException or ArgumentException or CryptographicException)
        {
            return "the DPoP proof is malformed";
        }
    }

    private string? CheckReadable(string proof, string path, string accessToken, string keyThumbprint)
    {
        if (!_handler.CanReadToken(proof))
            return "the DPoP proof is not a JWT";
        var token = _handler.ReadJsonWebToken(proof);
        if (token.Typ != "dpop+jwt" || token.Alg != SecurityAlgorithms.EcdsaSha256)
            return "the DPoP proof has another type or algorithm";
        if (Key(token) is not { } key)
            return "the DPoP proof carries no public P-256 key";
        if (!SameText(Base64UrlEncoder.Encode(key.ComputeJwkThumbprint()), keyThumbprint))
            return "the DPoP proof is signed by another key than the token is bound to";
        if (!SignedBy(proof, key))
            return "the DPoP proof's signature does not verify";
        return Claims(token, path, accessToken);
    }

    private string? Claims(JsonWebToken token, string path, string accessToken)
    {
        var now = clock.GetUtcNow();
        if (Text(token, "htm") != "POST" || Text(token, "htu") != options.PublicAddress.TrimEnd('/') + path)
            return "the DPoP proof is for another call";
        if (Text(token, "ath") is not { } hash || !SameText(hash, AccessTokenHash(accessToken)))
            return "the DPoP proof is for another token";
        if (!token.TryGetPayloadValue<long>("iat", out var issued)
            || (now - DateTimeOffset.FromUnixTimeSeconds(issued)).Duration() > Window)
            return "the DPoP proof is not fresh";
        if (Text(token, "jti") is not { Length: > 0 and <= 128 } id
            || !state.TryClaim($"dpop/{id}", random.NewId(now), now + SeenFor))
            return "the DPoP proof was seen before";
        return null;
    }

    private static JsonWebKey? Key(JsonWebToken token)
    {
        if (!token.TryGetHeaderValue<JsonElement>("jwk", out var header) || header.ValueKind != JsonValueKind.Object)
            return null;
        var key = JsonWebKey.Create(header.GetRawText());
        return key is { Kty: "EC", Crv: "P-256", HasPrivateKey: false, X: not null, Y: not null } ? key : null;
    }

    private static bool SignedBy(string proof, JsonWebKey key)
    {
        var end = proof.LastIndexOf('.');
        using var ecdsa = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = { X = Base64UrlEncoder.DecodeBytes(key.X), Y = Base64UrlEncoder.DecodeBytes(key.Y) },
        });
        return ecdsa.VerifyData(Encoding.ASCII.GetBytes(proof[..end]), Base64UrlEncoder.DecodeBytes(proof[(end + 1)..]),
            HashAlgorithmName.SHA256);
    }

    private static string AccessTokenHash(string accessToken) =>
        Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)));

    private static string? Text(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue<string>(claim, out var value) ? value : null;

    private static bool SameText(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(left), Encoding.ASCII.GetBytes(right));
}
