using System.Security.Cryptography;
using System.Text;
using Ecert.Kernel.Identifiers;
using Ecert.Kernel.Refusals;
using Grpc.Core;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Ecert.Gateway.Edge;

/// <summary>
/// Reads the access token and proves its binding: to the client certificate (RFC 8705 §3, <c>cnf.x5t#S256</c>) for
/// institutions, to the app's key (RFC 9449, <c>cnf.jkt</c>) for citizens. A token without a binding is refused.
/// </summary>
internal sealed class TokenStep(AccessTokens tokens, DPoPProofs proofs, ILogger<TokenStep> logger) : EdgeStep
{
    public override string Purpose => "access token and its binding";

    public override async ValueTask EnterAsync(EdgeCall call)
    {
        if (call.Context.RequestHeaders.GetValue("authorization") is not { } authorization)
            return;
        var (scheme, text) = Split(authorization);
        var token = await tokens.ValidateAsync(text, call.Ct) ?? throw Refuse(call, "the token does not verify");
        var scopes = AccessTokens.Scopes(token);
        call.Caller = AccessTokens.Confirmation(token) switch
        {
            { CertificateThumbprint: { } thumbprint } when IsScheme("Bearer") =>
                Institution(call, token, thumbprint, scopes),
            { KeyThumbprint: { } thumbprint } when IsScheme("DPoP") => Citizen(call, token, text, thumbprint, scopes),
            _ => throw Refuse(call, "the token carries no binding that fits its scheme"),
        };

        // RFC 9110 §11.1: schemes are compared without case.
        bool IsScheme(string name) => string.Equals(scheme, name, StringComparison.OrdinalIgnoreCase);
    }

    private Caller.Institution Institution(
        EdgeCall call, JsonWebToken token, string thumbprint, IReadOnlySet<string> scopes)
    {
        if (call is not { ClientCertificate: { } certificate, Institution: { } institution })
            throw RefusalCatalogue.PartyUnknown.AsRefusal().ToException();
        var actual = Base64UrlEncoder.Encode(SHA256.HashData(certificate.RawData));
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(actual),
            Encoding.ASCII.GetBytes(thumbprint)))
            throw Refuse(call, "the token is bound to another certificate");
        if (token.Subject != institution.Id)
            throw Refuse(call, "the token was issued to another institution");
        return new Caller.Institution(new InstitutionId(institution.Id), institution.Name, institution.Kind,
            DivisionCode.Parse(institution.Division), scopes);
    }

    private Caller.Citizen Citizen(
        EdgeCall call, JsonWebToken token, string text, string thumbprint, IReadOnlySet<string> scopes)
    {
        // RFC 9068 §2.2 requires both.
        if (string.IsNullOrEmpty(token.Subject) || !token.TryGetPayloadValue<string>("client_id", out var client))
            throw Refuse(call, "the token does not say whose it is");
        // RFC 9449 §4.3: exactly one proof.
        if (call.Context.RequestHeaders.GetAll("dpop").ToList() is not [{ Value: var proof }])
            throw Refuse(call, "there is not exactly one DPoP proof");
        if (proofs.Check(proof, call.Method, text, thumbprint) is { } fault)
            throw Refuse(call, fault);
        return new Caller.Citizen(new SubjectId(token.Subject), client, scopes);
    }

    private static (string Scheme, string Token) Split(string authorization)
    {
        var blank = authorization.IndexOf(' ');
        return blank < 0 ? ("", "") : (authorization[..blank], authorization[(blank + 1)..]);
    }

    private RefusedException Refuse(EdgeCall call, string why)
    {
        EdgeLog.Refused(logger, call.Method, why);
        return RefusalCatalogue.TokenInvalid.AsRefusal().ToException();
    }
}
