using Ecert.Adapters.Ports;
using Ecert.Identity.Activation.Pages;

namespace Ecert.Identity.Activation;

/// <summary>
/// The first page: name and document (实名认证) and face (实人认证), then the enrolments. A name that does not fit, a
/// person nobody knows and a face that is another's get one answer, and both questions are always asked, so that
/// neither words nor time tell whether a document exists.
/// </summary>
internal sealed class ConfirmIdentity(
    IdentityOptions options, Activations activations, ILogger<ConfirmIdentity> log)
{
    private const int MostAttempts = 5;
    private const int LongestEvidence = 4000;

    /// <summary>Handles the posted page.</summary>
    public async Task<Turn> HandleAsync(Posted posted, CancellationToken ct)
    {
        if (posted.Form["face_evidence"]?.Trim() is not { Length: > 0 and <= LongestEvidence } evidence)
            return new Turn.Refused(posted.State, words => words.FaceMissing);
        if (posted.State.IdentityAttempts >= MostAttempts)
            return new Turn.Refused(posted.State, words => words.TooManyAttempts);
        // Counted before it is tried, so that many at once do not slip under the limit.
        var counted = posted.State with { IdentityAttempts = posted.State.IdentityAttempts + 1 };
        if (await activations.SaveAsync(posted.Activation, counted, ct) is not { } saved)
            return new Turn.Overtaken();
        posted.Activation = saved;
        return await AskAuthorityAsync(counted, evidence, ct) switch
        {
            RealNameOutcome.Match => await FindPlacesAsync(counted, ct),
            RealNameOutcome.NoMatch => Refused(counted, "identity not confirmed", words => words.NotConfirmed),
            _ => Refused(counted, "real-name authority unavailable", words => words.AuthorityAway),
        };
    }

    private async Task<RealNameOutcome> AskAuthorityAsync(ActivationState state, string evidence, CancellationToken ct)
    {
        var user = state.Request.User;
        var document = user.ToDocument();
        var outcomes = await Task.WhenAll(
            options.RealNameAuthority.CheckNameAsync(user.Name, document, ct),
            options.RealNameAuthority.CheckFaceAsync(user.Name, document, evidence, ct));
        if (outcomes.Contains(RealNameOutcome.NoMatch))
            return RealNameOutcome.NoMatch;
        return outcomes.All(outcome => outcome == RealNameOutcome.Match)
            ? RealNameOutcome.Match
            : RealNameOutcome.Unavailable;
    }

    private async Task<Turn> FindPlacesAsync(ActivationState state, CancellationToken ct)
    {
        var user = state.Request.User;
        switch (await options.InsuredPersonBase.FindAsync(user.Name, user.ToDocument(), ct))
        {
            case PersonOutcome.Found found when ActivePlaces(found) is { Count: > 0 } places:
                return new Turn.Next(state with
                {
                    Step = ActivationStep.Place,
                    PersonNumber = found.PersonNumber,
                    Places = places,
                });
            case PersonOutcome.Unknown:
                return Refused(state, "insured-person base unavailable", words => words.AuthorityAway);
            default:
                return Refused(state, "no active enrolment", words => words.NotInsured);
        }
    }

    private static List<InsuredPlace> ActivePlaces(PersonOutcome.Found found) =>
        [.. found.Enrolments.Where(enrolment => enrolment.IsActive)
            .Select(enrolment => new InsuredPlace(
                enrolment.InsuredPlace.Value, enrolment.Scheme, enrolment.PersonType))
            .Distinct()];

    private Turn.Refused Refused(ActivationState state, string reason, Func<Words, string> why)
    {
        log.ActivationRefused(state.Request.ClientId, reason);
        return new Turn.Refused(state, why);
    }
}
