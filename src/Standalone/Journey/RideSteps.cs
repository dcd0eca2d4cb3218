using System.Text;
using Ecert.CertsDev;
using Ecert.Certificates.RideCodes;
using Ecert.Certificates.Suites;
using Ecert.Kernel;
using Ecert.Standalone.Journey.Actors;
using Ecert.Standalone.Seed;
using Ecert.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SignatureSuite = Ecert.Certificates.Suites.SignatureSuite;
using Wallet = Ecert.Standalone.Journey.Actors.Wallet;

namespace Ecert.Standalone.Journey;

/// <summary>A metro ride: a key for the phone, a code at the gate, and the fare collected behind it.</summary>
internal sealed class RideSteps(JourneyCast cast, JourneyLog log)
{
    private static readonly TimeSpan RideTakes = TimeSpan.FromMinutes(24);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);
    private readonly SigningKey _riderKey = SignatureSuite.Sm2.GenerateKey();

    public async Task RideAsync(Wallet wallet, CancellationToken ct)
    {
        using var citizen = new CitizenClient(cast.System, wallet.Token);
        var authorisation = await PrepareAsync(citizen, wallet, ct);
        await TapInAsync(authorisation, ct);
        cast.System.Clock.TurnTo(cast.System.Clock.GetUtcNow() + RideTakes);
        await TapOutAsync(authorisation, ct);
        await CollectedAsync(citizen, wallet, ct);
    }

    private Task<ReadOnlyMemory<byte>> PrepareAsync(CitizenClient citizen, Wallet wallet, CancellationToken ct) =>
        log.StepAsync("The citizen binds an Alipay agreement and gets a ride key", async () =>
        {
            var agreement = await cast.Sandbox.SignAgreementAsync(SandboxUsers.AlipayBuyer, ct);
            var certificateId = wallet.Certificate.Claims.Id.Value;
            var bound = (await new PaymentService.PaymentServiceClient(citizen.Calls).BindWalletAsync(new()
            {
                RequestId = cast.NewRequestId(), CertificateId = certificateId, Channel = PaymentChannel.Alipay,
                AgreementNumber = agreement,
            }, cancellationToken: ct)).Wallet;
            var requestId = cast.NewRequestId();
            var issued = await new FareService.FareServiceClient(citizen.Calls).IssueRideKeyAsync(new()
            {
                RequestId = requestId, CertificateId = certificateId, WalletId = bound.WalletId,
                RiderPublicKey = ByteString.CopyFrom(_riderKey.PublicKey.ToCompressed()),
                ProofOfPossession = ByteString.CopyFrom(
                    await _riderKey.SignAsync(Encoding.UTF8.GetBytes(requestId), ct)),
            }, cancellationToken: ct);
            return (issued.RideAuthorisation.Memory,
                $"wallet {bound.MaskedAccount}, ride key {issued.RideKeyId}, codes good for "
                + $"{issued.CodeValiditySeconds} s", default(Money?));
        });

    private Task TapInAsync(ReadOnlyMemory<byte> authorisation, CancellationToken ct) =>
        log.StepAsync("Metro: tap in", async () =>
        {
            var request = new TapInRequest
            {
                RequestId = cast.NewRequestId(), OperatorCode = Cast.ShanghaiMetro, StationId = Metro.EntryStation,
                GateId = "in-07", RideCode = await CodeAsync(authorisation, ct),
                TapTime = cast.System.Clock.GetUtcNow().ToTimestamp(),
            };
            var answer = await (await FaresAsync(ct)).TapInAsync(request, cancellationToken: ct);
            return answer.Decision == GateDecision.Open
                ? ($"gate {answer.Decision}, a code of {request.RideCode.Length} bytes, trip {answer.TripId}", null)
                : throw new JourneyFailedException($"The gate stayed closed: {answer.Decision}.");
        });

    private Task TapOutAsync(ReadOnlyMemory<byte> authorisation, CancellationToken ct) =>
        log.StepAsync("Metro: tap out, 24 minutes later", async () =>
        {
            var request = new TapOutRequest
            {
                RequestId = cast.NewRequestId(), OperatorCode = Cast.ShanghaiMetro, StationId = Metro.ExitStation,
                GateId = "out-03", RideCode = await CodeAsync(authorisation, ct),
                TapTime = cast.System.Clock.GetUtcNow().ToTimestamp(),
            };
            var answer = await (await FaresAsync(ct)).TapOutAsync(request, cancellationToken: ct);
            return answer.Decision == GateDecision.Open
                ? ($"gate {answer.Decision}, {answer.Trip.Fare.DistanceMetres} m, {answer.Trip.State}",
                    new Money(answer.Trip.Fare.FareFen))
                : throw new JourneyFailedException($"The gate stayed closed: {answer.Decision}.");
        });

    private Task CollectedAsync(CitizenClient citizen, Wallet wallet, CancellationToken ct) =>
        log.StepAsync("The fare is collected behind the gate, by the agreement with Alipay", async () =>
        {
            await wallet.Token.RenewAsync(ct);
            var fares = new FareService.FareServiceClient(citizen.Calls);
            var giveUpAt = cast.System.Clock.GetUtcNow() + LongestWait;
            while (true)
            {
                var trips = await fares.ListTripsAsync(
                    new() { CertificateId = wallet.Certificate.Claims.Id.Value }, cancellationToken: ct);
                var trip = trips.Trips.Single();
                if (trip.State == TripState.Paid)
                    return ($"trip {trip.TripId} is {trip.State}", new Money(trip.Fare.FareFen));
                if (cast.System.Clock.GetUtcNow() > giveUpAt)
                    throw new JourneyFailedException($"The trip is still {trip.State} after {LongestWait}.");
                await Task.Delay(LookEvery, ct);
            }
        });

    private async Task<ByteString> CodeAsync(ReadOnlyMemory<byte> authorisation, CancellationToken ct) =>
        ByteString.CopyFrom(await RideCode.CompleteAsync(authorisation, cast.System.Clock.GetUtcNow(), _riderKey, ct));

    private async Task<FareService.FareServiceClient> FaresAsync(CancellationToken ct) =>
        new((await cast.AsAsync(Cast.ShanghaiMetro, ct)).Calls);
}
