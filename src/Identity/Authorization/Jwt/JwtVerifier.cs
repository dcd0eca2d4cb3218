using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Ecert.Identity.Authorization.Jwt;

/// <summary>A JWT whose signature was verified.</summary>
/// <param name="Header">The protected header.</param>
/// <param name="Claims">The payload.</param>
internal sealed record VerifiedJwt(Claims Header, Claims Claims);

/// <summary>
/// Verifies signatures of JWTs (RFC 7515, 7519) with the algorithms of the FAPI 2.0 profile. Only the signature: what
/// the claims must say is the caller's, step by step.
/// </summary>
internal static class JwtVerifier
{
    /// <summary>ES256 and PS256; <c>none</c>, HMAC and PKCS#1 v1.5 are out (FAPI 2.0 §5.4).</summary>
    public static readonly IReadOnlyList<string> ClientAlgorithms =
        [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSsaPssSha256];

    /// <summary>ES256: keys that a phone makes are P-256.</summary>
    public static readonly IReadOnlyList<string> HolderAlgorithms = [SecurityAlgorithms.EcdsaSha256];

    private const int MaximumLength = 16 * 1024;
    private static readonly JsonWebTokenHandler Handler = new() { MaximumTokenSizeInBytes = MaximumLength };

    // Proof keys come and go with every caller: caching a verifier for each would only grow.
    private static readonly CryptoProviderFactory Crypto = new() { CacheSignatureProviders = false };

    /// <summary>The token when one of the keys signed it with one of the algorithms; otherwise null.</summary>
    public static async Task<VerifiedJwt?> VerifyAsync(
        string compact, IEnumerable<JsonWebKey> keys, IReadOnlyList<string> algorithms)
    {
        if (Read(compact) is not { } token)
            return null;
        var parameters = new TokenValidationParameters
        {
            ValidAlgorithms = algorithms,
            IssuerSigningKeys = keys,
            TryAllIssuerSigningKeys = true,
            CryptoProviderFactory = Crypto,
            RequireSignedTokens = true,
            RequireExpirationTime = false,
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
        };
        var result = await Handler.ValidateTokenAsync(token, parameters);
        return result.IsValid && Part(token.EncodedHeader) is { } header && Part(token.EncodedPayload) is { } payload
            ? new VerifiedJwt(header, payload)
            : null;
    }

    /// <summary>The header of a token that nobody has verified yet; null when it is not a JWT.</summary>
    public static Claims? ReadHeader(string compact) => Read(compact) is { } token ? Part(token.EncodedHeader) : null;

    /// <summary>
    /// The claims of a token that nobody has verified yet: good for choosing a key, for nothing else.
    /// </summary>
    public static Claims? ReadUnverifiedClaims(string compact) =>
        Read(compact) is { } token ? Part(token.EncodedPayload) : null;

    private static JsonWebToken? Read(string compact)
    {
        if (compact.Length > MaximumLength)
            return null;
        try
        {
            return new JsonWebToken(compact);
        }
        catch (Exception malformed) when (malformed is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    private static Claims? Part(string encoded)
    {
        try
        {
            using var document = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(encoded));
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new Claims(document.RootElement.Clone())
                : null;
        }
        catch (Exception malformed) when (malformed is JsonException or FormatException)
        {
            return null;
        }
    }
}
