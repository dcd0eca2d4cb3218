using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ecert.Identity.Authorization.Jwt;

namespace Ecert.Identity.Signer;

/// <summary>Signs tokens (ES256) with the first of the token-signing keys and shows the public halves of all.</summary>
internal sealed class TokenSigner : IDisposable
{
    private readonly ECDsa _key;

    /// <exception cref="ArgumentException">There is no key, or one is not on P-256.</exception>
    /// <exception cref="CryptographicException">A key cannot be opened.</exception>
    public TokenSigner(IdentityOptions options)
    {
        if (options.TokenSigningKeys.Count == 0)
            throw new ArgumentException("Signing tokens wants at least one key.");
        _key = PrivateKeys.OpenP256(options.TokenSigningKeys[0]);
        PublicKeys = [.. options.TokenSigningKeys.Select(PublicHalf)];
    }

    /// <summary>The public keys, the signing one first.</summary>
    public IReadOnlyList<PublicJwk> PublicKeys { get; }

    /// <summary>A signed JWT in compact form.</summary>
    /// <param name="type">The header's <c>typ</c>, such as <c>at+jwt</c>.</param>
    /// <param name="claims">The payload; values are written as JSON.</param>
    public string Sign(string type, IReadOnlyDictionary<string, object> claims)
    {
        var header = new Dictionary<string, string>
        {
            ["alg"] = "ES256",
            ["typ"] = type,
            ["kid"] = PublicKeys[0].Thumbprint,
        };
        var signed = $"{Encoded(header)}.{Encoded(claims)}";
        var signature = _key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private static string Encoded<T>(T part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));

    private static PublicJwk PublicHalf(StoredKey stored)
    {
        using var key = PrivateKeys.OpenP256(stored);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new PublicJwk(Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
    }
}
