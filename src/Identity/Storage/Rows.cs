namespace Ecert.Identity.Storage;

/// <summary>A pushed authorization request (RFC 9126), until it is opened once.</summary>
internal sealed class PushedRequestRow
{
    public required byte[] HandleHash { get; init; }
    public required string ClientId { get; init; }
    public required byte[] SealedRequest { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>A citizen's way through the activation pages.</summary>
internal sealed class ActivationRow
{
    public required byte[] SessionHash { get; init; }
    public required string ClientId { get; init; }
    public required byte[] SealedState { get; set; }

    /// <summary>Counts the writes, so that two pages open at once cannot both go on.</summary>
    public required int Version { get; set; }
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>What a citizen allowed a payment app.</summary>
internal sealed class GrantRow
{
    public required string GrantId { get; init; }
    public required string ClientId { get; init; }
    public required string SubjectId { get; init; }
    public required string Scope { get; init; }
    public required DateTimeOffset ConsentedAt { get; init; }
    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>An authorization code. Kept after its use, so that a second use is noticed.</summary>
internal sealed class CodeRow
{
    public required byte[] CodeHash { get; init; }
    public required string ClientId { get; init; }
    public required string GrantId { get; init; }
    public required string RedirectUri { get; init; }
    public required string CodeChallenge { get; init; }
    public string? DpopThumbprint { get; init; }
    public string? Nonce { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>A refresh token. Kept after its use, so that a second use is noticed.</summary>
internal sealed class RefreshTokenRow
{
    public required byte[] TokenHash { get; init; }
    public required string ClientId { get; init; }
    public required string GrantId { get; init; }
    public required string Scope { get; init; }
    public required string DpopThumbprint { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>A citizen who activated.</summary>
internal sealed class CitizenRow
{
    public required string SubjectId { get; init; }

    /// <summary>Keyed hash of kind and number of the document: finds the citizen without telling the number.</summary>
    public required byte[] DocumentIndex { get; init; }
    public required byte[] SealedPerson { get; set; }
    public required byte[] PinHash { get; set; }
    public required byte[] PinSalt { get; set; }
    public required int PinRounds { get; set; }
    public required int PinFailures { get; set; }
    public DateTimeOffset? PinLockedUntil { get; set; }
    public required DateTimeOffset ActivatedAt { get; init; }
}

/// <summary>One app's user who is this citizen. Each is revocable alone.</summary>
internal sealed class ChannelBindingRow
{
    public required string SubjectId { get; init; }
    public required string ClientId { get; init; }
    public required byte[] AppUserIndex { get; init; }
    public required byte[] SealedAppUser { get; set; }
    public required DateTimeOffset BoundAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>An e-certificate that was issued.</summary>
internal sealed class CertificateRow
{
    public required string CertificateId { get; init; }
    public required string SubjectId { get; init; }

    /// <summary>The issuing province.</summary>
    public required string Division { get; init; }

    /// <summary>Its place in the province's status list.</summary>
    public required int StatusIndex { get; init; }
    public required string HolderThumbprint { get; init; }
    public required byte[] Encoded { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? SuspendedAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>The permission it was last fetched with; null for one fetched before this was kept.</summary>
    public string? GrantId { get; set; }
}

/// <summary>One change of a certificate's state. Only ever added.</summary>
internal sealed class StatusChangeRow
{
    /// <summary>Grows with every change; given by the database.</summary>
    public long Sequence { get; init; }
    public required string CertificateId { get; init; }
    public required string Division { get; init; }
    public required int StatusIndex { get; init; }

    /// <summary><c>valid</c>, <c>suspended</c> or <c>revoked</c>.</summary>
    public required string State { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>What the caller gave as the reason, if anything.</summary>
    public string? Reason { get; init; }
}

/// <summary>A one-time code. Kept a while past its end, so that a late use is told from an invented number.</summary>
internal sealed class OneTimeCodeRow
{
    /// <summary>Keyed hash of the 28 digits.</summary>
    public required byte[] CodeHash { get; init; }
    public required string CertificateId { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? ReplacedAt { get; set; }
    public DateTimeOffset? SpentAt { get; set; }

    /// <summary>The operation that spent it: asking again, it gets the same answer.</summary>
    public string? SpentBy { get; set; }
}

/// <summary>The hash of an identifier that must not come twice.</summary>
internal sealed class UsedIdentifierRow
{
    public required byte[] IdentifierHash { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}
