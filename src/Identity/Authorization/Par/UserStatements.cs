using Ecert.Identity.Authorization.Clients;
using Ecert.Identity.Authorization.Jwt;
using Ecert.Identity.Storage;
using Ecert.Kernel.Citizens;

namespace Ecert.Identity.Authorization.Par;

/// <summary>
/// Verifies the <c>user_statement</c> parameter: a JWT of type <c>user-statement+jwt</c>, signed by the payment app.
/// </summary>
internal sealed class UserStatements(
    IssuerIdentity issuer, ReplayGuard replays, TimeProvider clock, ILogger<UserStatements> log)
{
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(10);

    private StepTable<Received> Steps => new("User statement",
    [
        new("the type is user-statement+jwt", s =>
            JwtVerifier.ReadHeader(s.Compact)?.Text("typ") == "user-statement+jwt"
                ? null : Bad("Its typ must be user-statement+jwt.")),
        new("a registered key signed it", async (s, _) => await VerifyAsync(s)
            ? null : Bad("Its signature is not by a registered key of the client.")),
        new("the issuer is the client", s => s.Claims.Text("iss") == s.App.Id
            ? null : Bad("iss must be the client_id.")),
        new("the audience is this issuer", s => s.Claims.IsFor(issuer.Value) ? null : Bad("aud must be the issuer.")),
        new("it is in its time", s => IsInTime(s.Claims)
            ? null : Bad("iat and exp are needed, and exp is at most five minutes away.")),
        new("it states a person", s => (s.Statement = Read(s.Claims)) is not null ? null : Bad(
            "sub, name, document_kind, document_number and assurance_level (1 to 4) are needed, and the number must "
            + "be a valid one of its kind.")),
        new("it is used for the first time", async (s, ct) =>
            s.Claims.Text("jti") is { Length: > 0 and <= 500 } id
            && await replays.IsFirstUseAsync($"statement {s.App.Id}", id, s.Claims.Time("exp")!.Value + ClockSkew, ct)
                ? null : Bad("jti is missing or was used before.")),
    ]);

    /// <summary>The statement, or how to refuse it.</summary>
    public async Task<(UserStatement? Statement, OAuthError? Error)> VerifyAsync(
        Client.PaymentApp app, string compact, CancellationToken ct)
    {
        var received = new Received(app, compact);
        var error = await Steps.RunAsync(received, log, ct);
        return error is null ? (received.Statement, null) : (null, error);
    }

    private static OAuthError Bad(string why) => OAuthError.InvalidRequest($"user_statement was refused. {why}");

    private static async Task<bool> VerifyAsync(Received received)
    {
        var verified = await JwtVerifier.VerifyAsync(
            received.Compact, received.App.Keys, JwtVerifier.ClientAlgorithms);
        received.Claims = verified?.Claims ?? default;
        return verified is not null;
    }

    private bool IsInTime(Claims claims)
    {
        var now = clock.GetUtcNow();
        return claims.Time("iat") is { } issued && claims.Time("exp") is { } expires
            && issued <= now + ClockSkew && expires > now - ClockSkew && expires <= now + LongestLife + ClockSkew;
    }

    private static UserStatement? Read(Claims claims)
    {
        var name = claims.Text("name")?.Trim();
        if (!IdentityDocument.TryParse(
            DocumentKinds.Read(claims.Text("document_kind")), claims.Text("document_number"), out var document))
            return null;
        if (name is not { Length: > 0 and <= 50 } || claims.Text("sub") is not { Length: > 0 and <= 128 } user)
            return null;
        return claims.Integer("assurance_level") is >= 1 and <= 4 and var level
            ? new UserStatement(name, document.Kind, document.Number, (int)level, user, claims.Text("face_evidence"))
            : null;
    }

    private sealed record Received(Client.PaymentApp App, string Compact)
    {
        public Claims Claims { get; set; }
        public UserStatement? Statement { get; set; }
    }
}
