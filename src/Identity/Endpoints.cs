using Ecert.Identity.Activation;
using Ecert.Identity.Authorization.Authorize;
using Ecert.Identity.Authorization.Discovery;
using Ecert.Identity.Authorization.Introspect;
using Ecert.Identity.Authorization.Par;
using Ecert.Identity.Authorization.Revoke;
using Ecert.Identity.Authorization.Token;
using Ecert.Identity.Issuance;
using Ecert.Identity.Subjects;
using Ecert.Identity.Trust;

namespace Ecert.Identity;

/// <summary>Every address the server answers, in one list.</summary>
internal sealed class Endpoints(
    DiscoveryEndpoints discovery, ParEndpoint par, AuthorizeEndpoint authorize, TokenEndpoint token,
    IntrospectEndpoint introspect, RevokeEndpoint revoke, ActivationEndpoints activation,
    CredentialMetadata credentialMetadata, CredentialEndpoint credential, TrustEndpoints trust,
    SubjectEndpoints subjects, PinCheck pins, CertificateStates certificates,
    CertificateFacts facts, StatusChanges changes, OneTimeCodes codes, CodeRedemption redemption)
{
    /// <summary>Routes them.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(DiscoveryEndpoints.OpenIdPath, discovery.Metadata);
        routes.MapGet(DiscoveryEndpoints.OAuthPath, discovery.Metadata);
        routes.MapGet(DiscoveryEndpoints.JwksPath, discovery.Jwks);
        routes.MapPost(ParEndpoint.Path, par.HandleAsync);
        routes.MapGet(AuthorizeEndpoint.Path, authorize.HandleAsync);
        routes.MapPost(TokenEndpoint.Path, token.HandleAsync);
        routes.MapPost(IntrospectEndpoint.Path, introspect.HandleAsync);
        routes.MapPost(RevokeEndpoint.Path, revoke.HandleAsync);
        activation.Map(routes);
        credential.Map(routes, credentialMetadata);
        trust.Map(routes);
        subjects.Map(routes);
        pins.Map(routes);
        certificates.Map(routes);
        facts.Map(routes);
        changes.Map(routes);
        codes.Map(routes);
        redemption.Map(routes);
    }
}
