using Ecert.Certificates.Presentations;
using Ecert.Certificates.Qr;
using Ecert.Certificates.Status;
using Ecert.Certificates.Trust;
using Ecert.Standalone.Journey.Actors;
using Ecert.Standalone.Seed;
using Ecert.V1;
using Wallet = Ecert.Standalone.Journey.Actors.Wallet;

namespace Ecert.Standalone.Journey;

/// <summary>From the app's button to a code that a hospital has read.</summary>
internal sealed class ActivationSteps(JourneyCast cast, JourneyLog log)
{
    /// <summary>A citizen activates a certificate in a payment app.</summary>
    public Task<Wallet> ActivateAsync(Citizen citizen, string app, string openId, CancellationToken ct) =>
        log.StepAsync($"{citizen.Name} activates a certificate in {Merchants.AppNames[app]}", async () =>
        {
            var wallet = await new PaymentApp(cast.System, cast.Sandbox, app).ActivateAsync(citizen, openId, ct);
            var claims = wallet.Certificate.Claims;
            return (wallet, $"certificate {claims.Id}, issued by {claims.Issuer}, insured in {claims.InsuredPlace}, "
                + $"scheme {claims.Scheme}, until {claims.ExpiresAt:yyyy-MM-dd}", default(Kernel.Money?));
        });

    /// <summary>Verifiers take the signed trust and status lists home, for when there is no network.</summary>
    public Task FetchTrustAsync(CancellationToken ct) => log.StepAsync(
        "Verifiers fetch the signed trust list", async () =>
    {
        var hospital = await cast.HospitalAsync(ct);
        var answer = await new CertificateService.CertificateServiceClient(hospital.Calls)
            .GetTrustListAsync(new GetTrustListRequest(), cancellationToken: ct);
        var now = cast.System.Clock.GetUtcNow();
        cast.Trust = TrustList.Load(
            answer.TrustList.Memory, cast.System.Chain.Trust.Root.Certificate.RawData, now) switch
        {
            TrustListOutcome.Loaded loaded => loaded.List,
            TrustListOutcome.Refused refused => throw new JourneyFailedException(refused.Why),
            _ => throw new JourneyFailedException("The trust list has no verdict."),
        };
        await FetchStatusAsync(cast.Trust, ct);
        return ($"version {answer.Version}, {cast.Trust.Signers.Count} document signers, chains "
            + $"checked to the pinned root", null);
    });

    /// <summary>The citizen shows the code; the hospital verifies it offline, then decodes it at the gateway.</summary>
    /// <returns>The token the visit goes on with.</returns>
    public async Task<string> PresentAsync(
        Wallet wallet, string hospitalCode, BusinessType business, CancellationToken ct)
    {
        var code = await log.StepAsync("The code is shown on the phone", async () =>
        {
            var text = await wallet.ShowAsync(AudienceKind.Medical, ct);
            await File.WriteAllBytesAsync(
                Path.Combine(cast.System.DataFolder, "presentation.png"), QrPicture.Png(text), ct);
            return (text, $"{text[..24]}… {text.Length} characters", default(Kernel.Money?));
        });
        return await log.StepAsync("The hospital verifies the code offline and decodes it at the gateway", async () =>
        {
            var verdict = cast.VerifyOffline(code, AudienceKind.Medical);
            if (verdict is not Verdict.Valid)
                throw new JourneyFailedException($"The offline verdict is {verdict.Code}: {verdict.Sentence}");
            var hospital = await cast.AsAsync(hospitalCode, ct);
            var answer =
                await new CertificateService.CertificateServiceClient(hospital.Calls).DecodePresentationAsync(new()
            {
                RequestId = cast.NewRequestId(), Presentation = code, BusinessType = business,
                Operator = JourneyCast.Clerk,
            }, cancellationToken: ct);
            return (answer.EcToken,
                $"offline {verdict.Code}; online {answer.Verification.Verdict}: {answer.MaskedName}, "
                + $"{answer.MaskedDocumentNumber}, "
                + $"insured in {answer.InsuredPlace}", default(Kernel.Money?));
        });
    }

    private async Task FetchStatusAsync(TrustList trust, CancellationToken ct)
    {
        using var http = Composition.ChainClients.HttpClientAs(cast.System.Chain, null);
        foreach (var signer in trust.Signers)
        {
            var signed = await http.GetByteArrayAsync(signer.StatusListAddress(0), ct);
            if (StatusList.Load(signed, trust, cast.System.Clock.GetUtcNow()) is StatusListOutcome.Loaded loaded)
                cast.Status = cast.Status.With(loaded.List);
        }
    }
}
