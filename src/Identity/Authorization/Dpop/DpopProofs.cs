using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Ecert.Identity.Authorization.Jwt;
using Ecert.Identity.Storage;

namespace Ecert.Identity.Authorization.Dpop;

/// <summary>Verifies proofs of possession (RFC 9449 §4.3).</summary>
internal sealed class DpopProofs(
    IssuerIdentity issuer, DpopNonces nonces, ReplayGuard replays, TimeProvider clock, ILogger<DpopProofs> log)
{
    private static readonly TimeSpan LongestAge = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(10);

    private StepTable<Proof> Steps => new("DPoP proof",
    [
        new("the header is a DPoP proof's with a public P-256 key", p => p.Key is null ? Bad("header") : null),
        new("the key of the header signed the proof", async (p, _) => await VerifyAsync(p) ? null : Bad("signature")),
        new("the proof is for this method", p => p.Claims.Text("htm") == p.Method ? null : Bad("htm")),
        new("the proof is for this address", p => IsSameAddress(p.Claims.Text("htu"), p.Address) ? null : Bad("htu")),
        new("the proof carries a good nonce", p => HasGoodNonce(p) ? null : OAuthError.UseDpopNonce(nonces.Current)),
        new("the proof is fresh", p => IsFresh(p.Claims.Time("iat")) ? null : Bad("iat")),
        new("the proof is for this access token", p => IsForToken(p) ? null : Bad("ath")),
        new("the proof is used for the first time", async (p, ct) =>
            p.Claims.Text("jti") is { Length: > 0 and <= 500 } id && await replays.IsFirstUseAsync(
                $"DPoP {p.Key!.Thumbprint}", id, p.Claims.Time("iat")!.Value + LongestAge + ClockSkew, ct)
                ? null : Bad("jti")),
    ]);

    /// <summary>The key that the request's proof was made with.</summary>
    /// <param name="request">The request; its <c>DPoP</c> header carries the proof.</param>
    /// <param name="path">The endpoint's path under the issuer.</param>
    /// <param name="accessToken">The token the proof must be for; null at the token endpoint.</param>
    /// <param name="needsNonce">Whether a proof without a nonce of this server is refused.</param>
    /// <param name="ct">Cancels the check.</param>
    public async Task<(PublicJwk? Key, OAuthError? Error)> VerifyAsync(
        HttpRequest request, string path, string? accessToken, bool needsNonce, CancellationToken ct)
    {
        if (request.Headers["DPoP"] is not [{ Length: > 0 } compact])
            return (null, OAuthError.InvalidDpopProof("Exactly one DPoP header is needed."));
        var proof = new Proof(compact, request.Method, issuer.At(path), accessToken, needsNonce);
        var error = await Steps.RunAsync(proof, log, ct);
        return error is null ? (proof.Key, null) : (null, error);
    }

    private static OAuthError Bad(string what) => OAuthError.InvalidDpopProof($"The proof's {what} is not acceptable.");

    private static async Task<bool> VerifyAsync(Proof proof)
    {
        var verified = await JwtVerifier.VerifyAsync(
            proof.Compact, [proof.Key!.ToJsonWebKey()], JwtVerifier.HolderAlgorithms);
        proof.Claims = verified?.Claims ?? default;
        return verified is not null;
    }

    // Query and fragment do not count (RFC 9449 §4.3 point 9).
    private static bool IsSameAddress(string? sent, string expected) =>
        Uri.TryCreate(sent, UriKind.Absolute, out var uri)
        && uri.GetLeftPart(UriPartial.Path) == new Uri(expected).GetLeftPart(UriPartial.Path);

    private bool HasGoodNonce(Proof proof) =>
        proof.Claims.Text("nonce") is { } nonce ? nonces.IsGood(nonce) : !proof.NeedsNonce;

    private bool IsFresh(DateTimeOffset? issued)
    {
        var now = clock.GetUtcNow();
        return issued >= now - LongestAge - ClockSkew && issued <= now + ClockSkew;
    }

    private static bool IsForToken(Proof proof) => proof.AccessToken is null || (proof.Claims.Text("ath") is { } hash
        && ConstantTime.AreEqual(
            hash, Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(proof.AccessToken)))));

    private sealed class Proof
    {
        public Proof(string compact, string method, string address, string? accessToken, bool needsNonce)
        {
            (Compact, Method, Address, AccessToken, NeedsNonce) = (compact, method, address, accessToken, needsNonce);
            if (JwtVerifier.ReadHeader(compact) is { } header && header.Text("typ") == "dpop+jwt")
                Key = PublicJwk.Read(header.Inner("jwk"));
        }

        public string Compact { get; }
        public string Method { get; }
        public string Address { get; }
        public string? AccessToken { get; }
        public bool NeedsNonce { get; }
        public PublicJwk? Key { get; }
        public Claims Claims { get; set; }
    }
}
