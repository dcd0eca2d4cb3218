using System.Buffers.Text;
using System.Text.Json;
using Ecert.Certificates.Suites;
using Ecert.Identity.Authorization;
using Ecert.Identity.Authorization.Jwt;
using Ecert.Identity.Authorization.Token;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecert.Identity.Issuance;

/// <summary>
/// <c>POST /credential</c> and <c>POST /nonce</c> (OpenID4VCI 1.0 §7, §8): an e-certificate for whoever proves to hold
/// the key it shall be bound to.
/// </summary>
internal sealed class CredentialEndpoint(
    PresentedToken presented, CertificateIssuance issuance, CredentialNonces nonces, IssuerIdentity issuer,
    TimeProvider clock, ILogger<CredentialEndpoint> log)
{
    public const string Path = "/credential";
    public const string NoncePath = "/nonce";

    private static readonly TimeSpan LongestAge = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(10);

    private StepTable<Demand> Steps => new("Credential request",
    [
        new("the token is good", async (d, ct) =>
        {
            var (claims, error) = await presented.ReadAsync(d.Context.Request, Path, CredentialMetadata.Scope, ct);
            d.Token = claims ?? default;
            return error;
        }),
        new("the body is JSON", async (d, ct) => await ReadBodyAsync(d, ct)
            ? null : new OAuthError("invalid_credential_request", "The body must be a JSON object.")),
        new("the credential is one of this issuer's", d =>
            d.Body.Text("credential_configuration_id") == CredentialMetadata.Configuration
                ? null
                : new OAuthError(
                    "unknown_credential_configuration",
                    $"credential_configuration_id must be {CredentialMetadata.Configuration}.")),
        new("there is one proof, a JWT of its type with a public P-256 key", d => ReadProof(d) ? null : BadProof),
        new("the key of the proof signed it", async (d, _) => await VerifyAsync(d) ? null : BadProof),
        new("the proof is for this issuer and from this client", d => IsAddressed(d) ? null : BadProof),
        new("the proof is fresh", d => IsFresh(d.Proof.Time("iat")) ? null : BadProof),
        new("the nonce is this server's and not used before", async (d, ct) =>
            d.Proof.Text("nonce") is { } nonce && await nonces.UseAsync(nonce, ct)
                ? null : new OAuthError("invalid_nonce", "The nonce is missing, used or expired; take a new one.")),
        new("the citizen may have a certificate for this key", async (d, ct) => await IssueAsync(d, ct)),
    ]);

    private static OAuthError BadProof => new(
        "invalid_proof",
        "proofs.jwt must hold one openid4vci-proof+jwt with a P-256 jwk, signed by it for this issuer.");

    /// <summary>Routes both endpoints and the metadata.</summary>
    public void Map(IEndpointRouteBuilder routes, CredentialMetadata metadata)
    {
        routes.MapGet(CredentialMetadata.Path, metadata.Show);
        routes.MapPost(Path, HandleAsync);
        routes.MapPost(NoncePath, (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return TypedResults.Json(new Dictionary<string, string> { ["c_nonce"] = nonces.New() });
        });
    }

    private async Task<IResult> HandleAsync(HttpContext context, CancellationToken ct)
    {
        var demand = new Demand(context);
        if (await Steps.RunAsync(demand, log, ct) is { } error)
            return error.ToResult();
        context.Response.Headers.CacheControl = "no-store";
        var credential = new Dictionary<string, string>
        {
            ["credential"] = Base64Url.EncodeToString(demand.Certificate),
        };
        return TypedResults.Json(new Dictionary<string, object> { ["credentials"] = new[] { credential } });
    }

    private static async Task<bool> ReadBodyAsync(Demand demand, CancellationToken ct)
    {
        if (!demand.Context.Request.HasJsonContentType())
            return false;
        try
        {
            using var document = await JsonDocument.ParseAsync(demand.Context.Request.Body, cancellationToken: ct);
            demand.Body = new Claims(document.RootElement.Clone());
            return demand.Body.Object.ValueKind == JsonValueKind.Object;
        }
        catch (Exception unreadable) when (unreadable is JsonException or BadHttpRequestException)
        {
            return false;
        }
    }

    private static bool ReadProof(Demand demand)
    {
        if (demand.Body.Inner("proofs") is not { } proofs || !proofs.Object.TryGetProperty("jwt", out var list)
            || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() != 1
            || list[0].ValueKind != JsonValueKind.String)
            return false;
        demand.Compact = list[0].GetString()!;
        if (JwtVerifier.ReadHeader(demand.Compact) is not { } header || header.Text("typ") != "openid4vci-proof+jwt"
            || PublicJwk.Read(header.Inner("jwk")) is not { } key)
            return false;
        demand.Key = key;
        demand.Holder = PublicKey.Create(SignatureSuite.Es256, key.ToPoint().X, key.ToPoint().Y);
        return true;
    }

    private static async Task<bool> VerifyAsync(Demand demand)
    {
        var verified = await JwtVerifier.VerifyAsync(
            demand.Compact, [demand.Key.ToJsonWebKey()], JwtVerifier.HolderAlgorithms);
        demand.Proof = verified?.Claims ?? default;
        return verified is not null;
    }

    private async ValueTask<OAuthError?> IssueAsync(Demand demand, CancellationToken ct)
    {
        switch (await issuance.IssueAsync(demand.Token.Text("grant_id")!, demand.Holder, ct))
        {
            case IssuanceOutcome.Issued issued:
                demand.Certificate = issued.Certificate;
                return null;
            case IssuanceOutcome.MustActivateAgain:
                return new OAuthError(
                    "credential_request_denied",
                    "A certificate was suspended, revoked or replaced since the citizen consented: activate again.");
            default:
                return new OAuthError("credential_request_denied", "The citizen's province does not issue here.");
        }
    }

    private bool IsAddressed(Demand demand) => demand.Proof.IsFor(issuer.Value)
        && (demand.Proof.Text("iss") is not { } client || client == demand.Token.Text("client_id"));

    private bool IsFresh(DateTimeOffset? issued)
    {
        var now = clock.GetUtcNow();
        return issued >= now - LongestAge && issued <= now + ClockSkew;
    }

    private sealed record Demand(HttpContext Context)
    {
        public Claims Token { get; set; }
        public Claims Body { get; set; }
        public string Compact { get; set; } = "";
        public PublicJwk Key { get; set; } = null!;
        public PublicKey Holder { get; set; } = null!;
        public Claims Proof { get; set; }
        public byte[]? Certificate { get; set; }
    }
}
