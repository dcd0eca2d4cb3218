using Ecert.Identity.Authorization.Authorize;
using Ecert.Identity.Authorization.Token;
using Ecert.Identity.Storage;
using Ecert.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Identity.Activation;

/// <summary>
/// The last page: the citizen allows what is listed. Citizen, channel binding, grant and code are written in one
/// transaction, and the activation ends with it.
/// </summary>
internal sealed class GiveConsent(
    IDbContextFactory<IdentityDatabase> databases, DataVault vault, IssuerIdentity issuer, TimeProvider clock,
    RandomSource random)
{
    /// <summary>Handles the posted page.</summary>
    public async Task<Turn> HandleAsync(Posted posted, CancellationToken ct)
    {
        if (posted.Form["consent"] != "yes")
            return new Turn.Refused(posted.State, words => words.ConsentMissing);
        await using var database = await databases.CreateDbContextAsync(ct);
        await using var transaction = await database.Database.BeginTransactionAsync(ct);
        if (!await Activations.EndAsync(database, posted.Activation, ct))
            return new Turn.Overtaken();
        var subject = await WriteCitizenAsync(database, posted.State, ct);
        await BindChannelAsync(database, posted.State, subject, ct);
        var code = WriteGrant(database, posted.State, subject);
        await database.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new Turn.Leave(AuthorizationResponse.Success(posted.State.Request, code, issuer.Value));
    }

    /// <summary>Back to the app without a certificate.</summary>
    public async Task<Turn> CancelAsync(Posted posted, CancellationToken ct)
    {
        await using var database = await databases.CreateDbContextAsync(ct);
        return await Activations.EndAsync(database, posted.Activation, ct)
            ? new Turn.Leave(AuthorizationResponse.Denied(posted.State.Request, issuer.Value))
            : new Turn.Overtaken();
    }

    private async Task<string> WriteCitizenAsync(IdentityDatabase database, ActivationState state, CancellationToken ct)
    {
        var user = state.Request.User;
        var index = vault.Index("document", $"{user.DocumentKind}|{user.DocumentNumber}");
        var citizen = await database.Citizens.SingleOrDefaultAsync(row => row.DocumentIndex == index, ct);
        if (citizen is null)
        {
            citizen = new CitizenRow
            {
                SubjectId = vault.NewPseudonym(),
                DocumentIndex = index,
                SealedPerson = [],
                PinHash = [],
                PinSalt = [],
                PinRounds = 0,
                PinFailures = 0,
                ActivatedAt = clock.GetUtcNow(),
            };
            database.Citizens.Add(citizen);
        }
        var (place, pin) = (state.ChosenPlace!, state.Pin!);
        citizen.SealedPerson = vault.Seal(Person.Purpose(citizen.SubjectId), new Person(
            user.Name, user.DocumentKind, user.DocumentNumber, state.PersonNumber!, place.Division, place.Scheme,
            place.PersonType, user.AssuranceLevel));
        (citizen.PinHash, citizen.PinSalt, citizen.PinRounds) = (pin.Hash, pin.Salt, pin.Rounds);
        // The face check that came before outranks a lock that wrong PINs brought about.
        (citizen.PinFailures, citizen.PinLockedUntil) = (0, null);
        return citizen.SubjectId;
    }

    private async Task BindChannelAsync(
        IdentityDatabase database, ActivationState state, string subject, CancellationToken ct)
    {
        var (clientId, user) = (state.Request.ClientId, state.Request.User.AppUserId);
        var index = vault.Index($"user of {clientId}", user);
        var binding = await database.ChannelBindings.SingleOrDefaultAsync(
            row => row.SubjectId == subject && row.ClientId == clientId && row.AppUserIndex == index, ct);
        if (binding is not null)
        {
            (binding.BoundAt, binding.RevokedAt) = (clock.GetUtcNow(), null);
            return;
        }
        database.ChannelBindings.Add(new ChannelBindingRow
        {
            SubjectId = subject,
            ClientId = clientId,
            AppUserIndex = index,
            SealedAppUser = vault.Seal($"app user {subject}", user),
            BoundAt = clock.GetUtcNow(),
        });
    }

    private string WriteGrant(IdentityDatabase database, ActivationState state, string subject)
    {
        var now = clock.GetUtcNow();
        var request = state.Request;
        var grant = new GrantRow
        {
            GrantId = random.NewId(now),
            ClientId = request.ClientId,
            SubjectId = subject,
            Scope = request.Scope,
            ConsentedAt = now,
        };
        var code = vault.NewSecret();
        database.Grants.Add(grant);
        database.Codes.Add(new CodeRow
        {
            CodeHash = DataVault.Hash(code),
            ClientId = request.ClientId,
            GrantId = grant.GrantId,
            RedirectUri = request.RedirectUri,
            CodeChallenge = request.CodeChallenge,
            DpopThumbprint = request.DpopThumbprint,
            Nonce = request.Nonce,
            ExpiresAt = now + Grants.CodeLife,
        });
        return code;
    }
}
