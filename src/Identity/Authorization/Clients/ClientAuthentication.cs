using Ecert.Identity.Authorization.Jwt;
using Ecert.Identity.Storage;

namespace Ecert.Identity.Authorization.Clients;

/// <summary>
/// Says which client is calling: by its signed assertion (RFC 7523, FAPI 2.0 §5.3.2.1), or, for an institution, by the
/// certificate of its TLS session (RFC 8705 §2.1).
/// </summary>
internal sealed class ClientAuthentication(
    ClientRegistry clients, IssuerIdentity issuer, ReplayGuard replays, TimeProvider clock,
    ILogger<ClientAuthentication> log)
{
    private const string JwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(10);

    private StepTable<Assertion> Steps => new("Client assertion",
    [
        new("the client is registered with keys", a => a.Client is null ? Refused : null),
        new("the assertion is a JWT meant for authentication", a => a.HasFittingType ? null : Refused),
        new("a registered key signed the assertion", async (a, _) => await VerifyAsync(a) ? null : Refused),
        new("issuer and subject are the client", a => a.NamesClient ? null : Refused),
        new("the audience is this issuer alone", a => a.Claims.Text("aud") == issuer.Value ? null : Refused),
        new("the assertion is in its time", a => IsInTime(a.Claims) ? null : Refused),
        new("the assertion is used for the first time", async (a, ct) =>
            a.Claims.Text("jti") is { Length: > 0 } id
            && await replays.IsFirstUseAsync($"assertion {a.ClientId}", id, a.Claims.Time("exp")!.Value + ClockSkew, ct)
                ? null : Refused),
    ]);

    // One answer for every way to fail: a client that does not exist is not told apart from one that cannot sign.
    private static OAuthError Refused =>
        OAuthError.InvalidClient("The client is unknown or did not authenticate as it is registered.");

    /// <summary>The client that sent the form, or how to refuse.</summary>
    public async Task<(Client? Client, OAuthError? Error)> IdentifyAsync(
        HttpContext context, FormFields form, CancellationToken ct)
    {
        if (form["client_assertion"] is { } compact)
            return await ByAssertionAsync(compact, form, ct);
        return ByCertificate(context, form["client_id"]);
    }

    private async Task<(Client?, OAuthError?)> ByAssertionAsync(string compact, FormFields form, CancellationToken ct)
    {
        if (form["client_assertion_type"] != JwtBearer)
            return (null, OAuthError.InvalidRequest($"client_assertion_type must be {JwtBearer}."));
        var claimedId = form["client_id"] ?? UnverifiedIssuer(compact);
        var assertion = new Assertion(compact, claimedId ?? "", claimedId is null ? null : clients.FindApp(claimedId));
        var error = await Steps.RunAsync(assertion, log, ct);
        return error is null ? (assertion.Client, null) : (null, error);
    }

    private (Client?, OAuthError?) ByCertificate(HttpContext context, string? clientId)
    {
        var certificate = context.Connection.ClientCertificate;
        if (clientId is null || certificate is null || clients.Find(clientId) is not Client.Institution institution)
            return (null, Refused);
        return TlsParty.SubjectUris(certificate).Contains(institution.SubjectUri)
            ? (institution, null)
            : (null, Refused);
    }

    private static async Task<bool> VerifyAsync(Assertion assertion)
    {
        var verified = await JwtVerifier.VerifyAsync(
            assertion.Compact, assertion.Client!.Keys, JwtVerifier.ClientAlgorithms);
        assertion.Claims = verified?.Claims ?? default;
        return verified is not null;
    }

    private bool IsInTime(Claims claims)
    {
        var now = clock.GetUtcNow();
        return claims.Time("exp") is { } expires
            && expires > now - ClockSkew && expires <= now + LongestLife + ClockSkew
            && (claims.Time("nbf") is not { } from || from <= now + ClockSkew)
            && (claims.Time("iat") is not { } issued || issued <= now + ClockSkew);
    }

    private static string? UnverifiedIssuer(string compact) => JwtVerifier.ReadUnverifiedClaims(compact)?.Text("iss");

    private sealed record Assertion(string Compact, string ClientId, Client.PaymentApp? Client)
    {
        public Claims Claims { get; set; }

        // The same key also signs statements about users: their type must not pass here.
        public bool HasFittingType => JwtVerifier.ReadHeader(Compact) is { } header
            && header.Text("typ") is null or "JWT" or "jwt" or "client-authentication+jwt";

        public bool NamesClient => Claims.Text("iss") == ClientId && Claims.Text("sub") == ClientId;
    }
}
