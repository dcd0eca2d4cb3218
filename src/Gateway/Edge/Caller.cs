using Ecert.Kernel.Identifiers;

namespace Ecert.Gateway.Edge;

/// <summary>
/// Who is calling, as proved by the TLS session and the token bound to it; never by anything a request says.
/// </summary>
internal abstract record Caller(IReadOnlySet<string> Scopes)
{
    /// <summary>What idempotency, quota and audit are kept by.</summary>
    public abstract string Party { get; }

    /// <summary>A registered institution over its own client certificate.</summary>
    public sealed record Institution(
        InstitutionId Id, string Name, InstitutionKind Kind, DivisionCode Division, IReadOnlySet<string> Scopes)
        : Caller(Scopes)
    {
        public override string Party => $"institution:{Id}";
    }

    /// <summary>A citizen through a payment app, with a token bound to the app's own key.</summary>
    public sealed record Citizen(SubjectId Subject, string ClientId, IReadOnlySet<string> Scopes) : Caller(Scopes)
    {
        public override string Party => $"citizen:{Subject}";
    }

    /// <summary>Nobody in particular: only for what is public.</summary>
    public sealed record Anyone() : Caller(new HashSet<string>())
    {
        public override string Party => "anyone";
    }
}
