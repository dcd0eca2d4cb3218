using System.Net;
using System.Security.Cryptography.X509Certificates;
using Ecert.Adapters.Ports;
using Ecert.Kernel.Identifiers;

namespace Ecert.Identity;

/// <summary>Everything the identity server is told by the one who hosts it.</summary>
public sealed record IdentityOptions
{
    /// <summary>
    /// The issuer identifier (RFC 8414): https, no query, no fragment. Null takes the bound https address, which is
    /// known once the server listens; good for one process on a loopback port, not for several replicas.
    /// </summary>
    public Uri? Issuer { get; init; }

    /// <summary>Where TLS listens. Port 0 takes a free one.</summary>
    public IPEndPoint HttpsEndpoint { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>A plain http loopback address for browsers in development; null for none.</summary>
    public IPEndPoint? BrowserEndpoint { get; init; }

    /// <summary>The server's TLS certificate with its private key.</summary>
    public required X509Certificate2 ServerCertificate { get; init; }

    /// <summary>
    /// The roots and intermediates that sign the client certificates of institutions and of the gateway.
    /// </summary>
    public required IReadOnlyList<X509Certificate2> TlsAuthorities { get; init; }

    /// <summary>
    /// Lists of revoked client certificates (RFC 5280 §5) in PEM, each signed by one of <see cref="TlsAuthorities"/>.
    /// </summary>
    public IReadOnlyList<string> TlsRevocationLists { get; init; } = [];

    /// <summary>The SAN URI of the gateway's client certificate.</summary>
    public string GatewaySubjectUri { get; init; } = "urn:ecert:gateway";

    /// <summary>
    /// Token-signing keys (P-256). The first signs; all are published, so that a new one can be rolled in.
    /// </summary>
    public required IReadOnlyList<StoredKey> TokenSigningKeys { get; init; }

    /// <summary>The <c>aud</c> of access tokens: the gateway's resource identifier.</summary>
    public required string GatewayAudience { get; init; }

    /// <summary>The payment apps.</summary>
    public IReadOnlyList<ClientOptions> Clients { get; init; } = [];

    /// <summary>The hospitals, pharmacies and other institutions that take tokens for themselves over mTLS.</summary>
    public IReadOnlyList<InstitutionOptions> Institutions { get; init; } = [];

    /// <summary>The provinces that certificates are issued for.</summary>
    public required IReadOnlyList<ProvinceIssuerOptions> Provinces { get; init; }

    /// <summary>The signed list of document signers and how it is signed.</summary>
    public required TrustListOptions TrustList { get; init; }

    /// <summary>Keys of the stored personal data.</summary>
    public required DataKeyOptions DataKeys { get; init; }

    /// <summary>The SQLite connection string, such as <c>Data Source=identity.db</c>.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>The authority that confirms names and faces.</summary>
    public required IRealNameAuthority RealNameAuthority { get; init; }

    /// <summary>The base that knows who is insured where.</summary>
    public required IInsuredPersonBase InsuredPersonBase { get; init; }
}

/// <summary>A private key as it is stored. Only the signer opens it.</summary>
/// <param name="Pem">PKCS#8 in PEM, plain (<c>PRIVATE KEY</c>) or encrypted (<c>ENCRYPTED PRIVATE KEY</c>).</param>
/// <param name="Passphrase">The passphrase of an encrypted key; null for a plain one.</param>
public sealed record StoredKey(string Pem, string? Passphrase = null)
{
    /// <summary>Names the type alone: a key must not reach a log.</summary>
    public override string ToString() => nameof(StoredKey);
}

/// <summary>A payment app, in the words users of other authorization servers know.</summary>
public sealed record ClientOptions
{
    /// <summary>The client's identifier.</summary>
    public required string ClientId { get; init; }

    /// <summary>The name that the consent page shows.</summary>
    public required string ClientName { get; init; }

    /// <summary>Grant types: <c>authorization_code</c>, <c>refresh_token</c>.</summary>
    public IReadOnlyList<string> AllowedGrantTypes { get; init; } = ["authorization_code"];

    /// <summary>Redirect addresses, compared character by character.</summary>
    public required IReadOnlyList<string> RedirectUris { get; init; }

    /// <summary>Scopes the client may ask for.</summary>
    public required IReadOnlyList<string> AllowedScopes { get; init; }

    /// <summary>
    /// The client's public keys, a JWK set (RFC 7517) in JSON. They verify its assertions (<c>private_key_jwt</c>) and
    /// its statements about its users. ES256 or PS256.
    /// </summary>
    public required string JsonWebKeySet { get; init; }

    /// <summary>Authorization requests come by PAR only (RFC 9126). False is refused: the profile wants it.</summary>
    public bool RequirePushedAuthorization { get; init; } = true;

    /// <summary>Tokens are bound to a DPoP key (RFC 9449). False is refused for clients of people.</summary>
    public bool RequireDPoP { get; init; } = true;

    /// <summary>DPoP proofs must carry a nonce of this server (RFC 9449 §8).</summary>
    public bool RequireDPoPNonce { get; init; }
}

/// <summary>An institution that takes tokens by client credentials over mTLS; its client id is its code.</summary>
/// <param name="Code">
/// The national institution code. The client certificate carries it as the SAN URI <c>urn:ecert:institution:{Code}</c>.
/// </param>
/// <param name="AllowedScopes">Scopes it may ask for.</param>
public sealed record InstitutionOptions(InstitutionId Code, IReadOnlyList<string> AllowedScopes);

/// <summary>One province's issuer profile.</summary>
/// <param name="Division">The province's code, ending in 0000.</param>
/// <param name="Key">The document signer's private key: P-256 or SM2.</param>
/// <param name="Chain">
/// DER certificates: document signer first, then the province's authority, then the national root.
/// </param>
public sealed record ProvinceIssuerOptions(
    DivisionCode Division, StoredKey Key, IReadOnlyList<ReadOnlyMemory<byte>> Chain);

/// <summary>How the trust list is signed.</summary>
/// <param name="Key">The trust-list signer's private key.</param>
/// <param name="SignerCertificate">Its X.509 certificate in DER, issued by the national root.</param>
public sealed record TrustListOptions(StoredKey Key, ReadOnlyMemory<byte> SignerCertificate);

/// <summary>Keys that protect stored personal data. Each is 32 random bytes.</summary>
/// <param name="EncryptionKeys">AES-256-GCM keys by number (0 to 255). The first encrypts, all decrypt.</param>
/// <param name="IndexKey">
/// HMAC-SHA-256 key of look-up indexes and of the PIN's pepper; it cannot be changed later.
/// </param>
public sealed record DataKeyOptions(IReadOnlyList<DataKey> EncryptionKeys, ReadOnlyMemory<byte> IndexKey)
{
    /// <summary>Names the type alone: a key must not reach a log.</summary>
    public override string ToString() => nameof(DataKeyOptions);
}

/// <summary>One numbered encryption key.</summary>
/// <param name="Number">Its number, stored in front of what it encrypted.</param>
/// <param name="Key">32 random bytes.</param>
public sealed record DataKey(byte Number, ReadOnlyMemory<byte> Key)
{
    /// <summary>Names the number alone: a key must not reach a log.</summary>
    public override string ToString() => $"{nameof(DataKey)} {Number}";
}
