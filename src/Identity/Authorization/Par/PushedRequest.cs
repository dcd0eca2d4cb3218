namespace Ecert.Identity.Authorization.Par;

/// <summary>An authorization request that a client pushed and this server accepted. Holds personal data.</summary>
internal sealed record PushedRequest
{
    public required string ClientId { get; init; }
    public required string RedirectUri { get; init; }
    public required string Scope { get; init; }
    public required string CodeChallenge { get; init; }
    public required UserStatement User { get; init; }
    public string? State { get; init; }
    public string? Nonce { get; init; }

    /// <summary>
    /// The DPoP key the code is bound to from the start (RFC 9449 §10); null binds it at the token endpoint.
    /// </summary>
    public string? DpopThumbprint { get; init; }

    /// <summary>The languages the user reads, in order (OpenID Connect <c>ui_locales</c>).</summary>
    public string? UiLocales { get; init; }

    /// <summary>Names the type alone: a person must not reach a log.</summary>
    public override string ToString() => nameof(PushedRequest);
}
