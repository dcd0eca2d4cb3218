using System.Globalization;
using Ecert.Certificates.Cose;
using Ecert.Certificates.Trust;
using Ecert.Kernel.Identifiers;

namespace Ecert.Certificates.Status;

/// <summary>
/// A status list that was verified: a Status List Token in CWT or in JWT form, signed by a document signer of the
/// province whose certificates it speaks of. Immutable and safe between threads.
/// </summary>
public sealed class StatusList
{
    private static readonly StatusListOutcome NoSigner =
        new StatusListOutcome.Refused("The list is signed by no trusted signer.");

    private readonly StatusArray _statuses;

    private StatusList(DivisionCode division, int number, StatusListContent content)
    {
        (Division, Number, _statuses) = (division, number, content.Statuses);
        (IssuedAt, ExpiresAt, TimeToLive) = (content.IssuedAt, content.ExpiresAt, content.TimeToLive);
    }

    /// <summary>The province.</summary>
    public DivisionCode Division { get; }

    /// <summary>The number of the list at the province: <see cref="StatusReference.List"/>.</summary>
    public int Number { get; }

    /// <summary>When its statuses were true.</summary>
    public DateTimeOffset IssuedAt { get; }

    /// <summary>From when on it may not be relied upon.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>How long a copy may be kept before asking again, where the issuer says so.</summary>
    public TimeSpan? TimeToLive { get; }

    /// <summary>The status at a place, or null when the list does not reach so far.</summary>
    public CertificateStatus? At(int index) => index >= 0 && index < _statuses.Size ? _statuses[index] : null;

    /// <summary>Reads and verifies a status list.</summary>
    /// <param name="signed">The token as published.</param>
    /// <param name="trust">Who may sign.</param>
    /// <param name="now">The time of the reader's clock.</param>
    public static StatusListOutcome Load(ReadOnlyMemory<byte> signed, TrustList trust, DateTimeOffset now)
    {
        try
        {
            return Load(CoseSign1.Decode(signed, tagged: true, "status_list"), trust, now);
        }
        catch (MalformedException exception)
        {
            return new StatusListOutcome.Refused($"The list is malformed at {exception.Where}.");
        }
    }

    /// <summary>Reads and verifies a status list in JWT form (ES256; SM2 has no registered JOSE algorithm).</summary>
    /// <param name="token">The token as published: three parts of base64url with dots between.</param>
    /// <param name="trust">Who may sign.</param>
    /// <param name="now">The time of the reader's clock.</param>
    public static StatusListOutcome LoadJwt(string token, TrustList trust, DateTimeOffset now)
    {
        try
        {
            var jwt = StatusListJwt.Read(token);
            var signer = trust.Find(jwt.KeyId).FirstOrDefault(candidate => jwt.VerifiedBy(candidate.PublicKey));
            return signer is null ? NoSigner : Accept(signer, jwt.Content(), now);
        }
        catch (MalformedException exception)
        {
            return new StatusListOutcome.Refused($"The list is malformed at {exception.Where}.");
        }
    }

    private static StatusListOutcome Load(CoseSign1 message, TrustList trust, DateTimeOffset now)
    {
        if (message.Header is not { Type: StatusListFormat.MediaType, KeyId: { } keyId, Chain: null })
            return new StatusListOutcome.Refused("The list's header is not that of a status list.");
        var signer = trust.Find(keyId).FirstOrDefault(candidate => message.VerifiedBy(candidate.PublicKey));
        return signer is null ? NoSigner : Accept(signer, StatusListFormat.Decode(message.Payload), now);
    }

    private static StatusListOutcome Accept(TrustedSigner signer, StatusListContent content, DateTimeOffset now)
    {
        if (!signer.MaySignAt(content.IssuedAt))
            return new StatusListOutcome.Refused("The list's signer was not in office when it was signed.");
        if (content.ExpiresAt <= now)
            return new StatusListOutcome.Refused("The list has expired.");
        if (NumberOf(content.Address, signer) is not { } number)
            return new StatusListOutcome.Refused("The list's address is none of its signer's.");
        return new StatusListOutcome.Loaded(new StatusList(signer.Division, number, content));
    }

    private static int? NumberOf(string address, TrustedSigner signer)
    {
        var last = address.AsSpan(address.LastIndexOf('/') + 1);
        var valid = ushort.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && signer.StatusListAddress(number).OriginalString == address;
        return valid ? number : null;
    }
}

/// <summary>What loading a status list ends in.</summary>
public abstract record StatusListOutcome
{
    private StatusListOutcome() { }

    /// <summary>The list stands.</summary>
    public sealed record Loaded(StatusList List) : StatusListOutcome;

    /// <summary>It does not; keep the one before.</summary>
    /// <param name="Why">One sentence for the operator.</param>
    public sealed record Refused(string Why) : StatusListOutcome;
}
