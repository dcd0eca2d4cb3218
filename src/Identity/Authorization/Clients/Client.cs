using Microsoft.IdentityModel.Tokens;

namespace Ecert.Identity.Authorization.Clients;

/// <summary>A registered client of the authorization server.</summary>
internal abstract record Client(string Id, IReadOnlyList<string> AllowedScopes)
{
    /// <summary>A payment app acting for its users; authenticates with <c>private_key_jwt</c>.</summary>
    public sealed record PaymentApp(ClientOptions Options, IReadOnlyList<JsonWebKey> Keys)
        : Client(Options.ClientId, Options.AllowedScopes);

    /// <summary>An institution acting for itself; authenticates with its TLS certificate (RFC 8705 §2.1).</summary>
    public sealed record Institution(InstitutionOptions Options)
        : Client(Options.Code.Value, Options.AllowedScopes)
    {
        /// <summary>The SAN URI its certificate must carry.</summary>
        public string SubjectUri => $"urn:ecert:institution:{Options.Code.Value}";
    }

    /// <summary>The scopes to grant for the requested ones, or null when one of them is not allowed.</summary>
    /// <param name="requested">Space-separated (RFC 6749 §3.3); null or empty asks for all that is allowed.</param>
    public string? Grantable(string? requested)
    {
        var wanted = requested?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (wanted.Length == 0)
            return string.Join(' ', AllowedScopes);
        return wanted.All(AllowedScopes.Contains) ? string.Join(' ', wanted.Distinct()) : null;
    }
}
