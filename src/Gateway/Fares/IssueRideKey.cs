using System.Text;
using Ecert.Certificates.RideCodes;
using Ecert.Certificates.Suites;
using Ecert.Gateway.Edge;
using Ecert.Gateway.Payments;
using Ecert.Gateway.Persons;
using Ecert.Gateway.Storage;
using Ecert.Kernel;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using SignatureSuite = Ecert.Certificates.Suites.SignatureSuite;

namespace Ecert.Gateway.Fares;

/// <summary>
/// A citizen's phone gets the authorisation to make ride codes by itself. The phone's key never leaves it; that it has
/// one is proved by a signature over the request id.
/// </summary>
internal sealed class IssueRideKey(
    IDbContextFactory<GatewayDb> databases, InsuredPersons persons, GatewayOptions options, TimeProvider clock,
    RandomSource random)
{
    // No transit card stands behind the account.
    private static readonly string NoCard = new('0', 20);
    private const byte PostPaid = 1;

    public async Task<IssueRideKeyResponse> RunAsync(
        IssueRideKeyRequest request, Caller.Citizen citizen, string operationId, CancellationToken ct)
    {
        var rides = options.RideKeys ?? throw new Refusal(
            RefusalCatalogue.VerbNotOffered, "This gateway issues no ride keys: it was given no issuer.").ToException();
        var riderKey = Check(request);
        if (!riderKey.Verify(Encoding.UTF8.GetBytes(request.RequestId), request.ProofOfPossession.Span))
            throw RefusalCatalogue.ProofOfPossessionInvalid.AsRefusal().ToException();
        var person = await persons.LoadAsync(citizen.Subject.Value, ct);
        if (person.CertificateId != request.CertificateId)
            throw RefusalCatalogue.CertificateNotFound.AsRefusal().ToException();
        var row = await KeepAsync(request, person.Subject, operationId, rides, ct);
        var rights = new RideRights(
            row.Id, NoCard, rides.Issuer.Certificate.IssuerId, rides.PlatformId, PostPaid, rides.RideCeiling, riderKey,
            row.ExpiresAt, rides.CodeValidity, default);
        return new IssueRideKeyResponse
        {
            RideKeyId = row.Id,
            RideAuthorisation = ByteString.CopyFrom(await rides.Issuer.AuthoriseAsync(rights, ct)),
            CodeValiditySeconds = (int)rides.CodeValidity.TotalSeconds,
            RideCeilingFen = rides.RideCeiling.Fen,
            ExpireTime = row.ExpiresAt.ToTimestamp(),
        };
    }

    private static PublicKey Check(IssueRideKeyRequest request)
    {
        var isKey = PublicKey.TryFromCompressed(SignatureSuite.Sm2, request.RiderPublicKey.Span, out var riderKey);
        new RequestChecks()
            .RequireText(request.CertificateId, "certificate_id", 64)
            .Require(isKey, "rider_public_key", "required, a point of the SM2 curve, compressed: 33 bytes")
            .Require(request.ProofOfPossession.Length == SignatureSuite.SignatureSize, "proof_of_possession",
                "required, r‖s: 64 bytes")
            .RequireText(request.WalletId, "wallet_id", 26)
            .ThrowIfAny();
        return riderKey;
    }

    private async Task<RideKeyRow> KeepAsync(
        IssueRideKeyRequest request, string subject, string operationId, RideKeyOptions rides, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var known = await db.Set<RideKeyRow>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.OperationId == operationId, ct);
        if (known is not null)
            return known;
        if (!await db.Set<WalletRow>().AnyAsync(row => row.Id == request.WalletId && row.Subject == subject, ct))
            throw RefusalCatalogue.WalletNotFound.AsRefusal().ToException();
        if (await db.Set<TripRow>().AnyAsync(row => row.Subject == subject && row.Stage == TripStage.Owed, ct))
            throw RefusalCatalogue.RiderBlocked.AsRefusal().ToException();
        var now = clock.GetUtcNow();
        var certificateEnd = rides.Issuer.Certificate.ExpiresAt;
        var end = now + rides.KeyLifetime;
        var row = new RideKeyRow
        {
            Id = random.Digits(RideRights.AccountNumberSize), OperationId = operationId, Subject = subject,
            CertificateId = request.CertificateId, WalletId = request.WalletId,
            RiderKey = request.RiderPublicKey.ToByteArray(), State = RideKeyState.Active, IssuedAt = now,
            ExpiresAt = WholeSeconds(end < certificateEnd ? end : certificateEnd),
        };
        db.Add(row);
        await db.SaveChangesAsync(ct);
        return row;
    }

    private static DateTimeOffset WholeSeconds(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
