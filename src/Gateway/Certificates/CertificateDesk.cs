using Ecert.Gateway.Edge;
using Ecert.Kernel.Refusals;
using Ecert.V1;

namespace Ecert.Gateway.Certificates;

/// <summary>
/// Certificates as a caller may see and change them: a citizen the own one, the operator any. To everybody else one
/// does not exist.
/// </summary>
internal sealed class CertificateDesk(
    CertificateRegistry registry, StatusChangeFeed feed, ILogger<CertificateDesk> logger)
{
    private const int LongestId = 64;
    private const int LongestReason = 200;

    /// <summary>The certificate, when it is there and the caller's to see.</summary>
    /// <exception cref="RefusedException">It is not, or the issuer could not be asked.</exception>
    public async Task<KnownCertificate> FindAsync(string id, Caller caller, CancellationToken ct)
    {
        var known = await registry.FindAsync(id, ct);
        return known is not null && MaySee(caller, known)
            ? known
            : throw RefusalCatalogue.CertificateNotFound.AsRefusal().ToException();
    }

    /// <summary>Changes its state at the issuer, puts that in force here, and tells how it stands then.</summary>
    /// <param name="id">The certificate.</param>
    /// <param name="reason">Why, for the issuer's record.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="change">The issuer's verb; false when the certificate is past it.</param>
    /// <param name="ct">Cancels the call.</param>
    public async Task<Certificate> ChangeAsync(
        string id, string reason, Caller caller, Func<string, string, CancellationToken, Task<bool>> change,
        CancellationToken ct)
    {
        CheckId(new RequestChecks(), id).RequireText(reason, "reason", LongestReason).ThrowIfAny();
        var known = await FindAsync(id, caller, ct);
        if (!await change(known.Id, reason, ct))
            throw RefusalCatalogue.CertificateNotActive.AsRefusal().ToException();
        await FollowAsync(ct);
        return (await FindAsync(id, caller, ct)).ToMessage();
    }

    /// <summary>Notes an id that cannot be one.</summary>
    public static RequestChecks CheckId(RequestChecks checks, string id) =>
        checks.Require(id.Length is > 0 and <= LongestId && id.All(char.IsAscii) && !id.Any(char.IsControl)
            && id is not ("." or ".."), "certificate_id", "required, the id of an e-certificate");

    // The change is made: that its echo did not come back is no reason to deny it.
    private async Task FollowAsync(CancellationToken ct)
    {
        try
        {
            await feed.AskAsync(ct);
        }
        catch (RefusedException)
        {
            StatusChangeLog.ChangeNotFollowed(logger);
        }
    }

    private static bool MaySee(Caller caller, KnownCertificate known) => caller switch
    {
        Caller.Citizen citizen => citizen.Subject.Value == known.Subject,
        Caller.Institution { Kind: InstitutionKind.Operator } => true,
        _ => false,
    };
}
