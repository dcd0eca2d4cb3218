using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Ecert.CertsDev;
using Ecert.Certificates.Presentations;
using Ecert.Standalone.Composition;
using Ecert.Standalone.Journey;
using Ecert.Standalone.Journey.Actors;
using Ecert.Standalone.Seed;
using Ecert.V1;
using Grpc.Core;
using Wallet = Ecert.Standalone.Journey.Actors.Wallet;

namespace Ecert.Journeys.Tests.Certificates;

/// <summary>A certificate's life between gateway and issuer, over real sockets.</summary>
[Collection(StandaloneCollection.Name)]
public sealed class CertificateStateTests(StandaloneFixture fixture)
{
    [Fact]
    public async Task Holder_shows_a_code_loses_the_phone_and_everybody_hears_of_it()
    {
        var wallet = await ActivateAsync();
        var id = wallet.Certificate.Claims.Id.Value;
        var hospital = await ClientAsync(Cast.ShanghaiHospital);
        using var citizen = new CitizenClient(fixture.System, wallet.Token);
        var holder = new CertificateService.CertificateServiceClient(citizen.Calls);

        var code = await CodeAsync(wallet);
        var decoded = await hospital.DecodePresentationAsync(Decode(code));
        Assert.Equal((id, PresentationVerdict.Valid), (decoded.CertificateId, decoded.Verification.Verdict));
        await RefusedAsync("REPLAYED", hospital, code);

        var suspended = await holder.SuspendCertificateAsync(
            new() { RequestId = fixture.Cast.NewRequestId(), CertificateId = id, Reason = "phone lost" });
        Assert.Equal(CertificateState.Suspended, suspended.Certificate.State);
        await RefusedAsync("SUSPENDED", hospital, await wallet.ShowAsync(AudienceKind.Medical, default));
        Assert.Equal(HttpStatusCode.BadRequest, (await AskCodeAsync(wallet)).StatusCode);

        var national = await ClientAsync(Cast.NationalOperator);
        await national.RevokeCertificateAsync(
            new() { RequestId = fixture.Cast.NewRequestId(), CertificateId = id, Reason = "phone stolen" });
        await RefusedAsync("REVOKED", hospital, await wallet.ShowAsync(AudienceKind.Medical, default));
        var certificate = (await holder.GetCertificateAsync(new() { CertificateId = id })).Certificate;
        Assert.Equal((CertificateState.Revoked, "310000"), (certificate.State, certificate.IssuerDivision));
        Assert.Equal(decoded.MaskedName, certificate.MaskedName);

        Assert.Equal([CertificateState.Suspended, CertificateState.Revoked], await HeardAsync(id, 2));
    }

    private Task<Wallet> ActivateAsync() => new PaymentApp(fixture.System, fixture.Cast.Sandbox, "wechat")
        .ActivateAsync(Citizens.All[2], "certificate-state-tests", default);

    private async Task<CertificateService.CertificateServiceClient> ClientAsync(string institution) =>
        new((await fixture.Cast.AsAsync(institution, default)).Calls);

    private async Task<List<CertificateState>> HeardAsync(string id, int count)
    {
        using var call = (await ClientAsync(Cast.ShanghaiMetro)).WatchRevocations(
            new WatchRevocationsRequest { ResumeToken = "0" }, deadline: DateTime.UtcNow.AddSeconds(30));
        var heard = new List<CertificateState>();
        while (heard.Count < count && await call.ResponseStream.MoveNext(default))
        {
            if (call.ResponseStream.Current.CertificateId == id)
                heard.Add(call.ResponseStream.Current.State);
        }
        return heard;
    }

    private async Task<string> CodeAsync(Wallet wallet)
    {
        using var answer = await AskCodeAsync(wallet);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("one_time_code").GetString()!;
    }

    private async Task<HttpResponseMessage> AskCodeAsync(Wallet wallet)
    {
        var address = fixture.System.Addresses.Identity.ToString().TrimEnd('/') + "/one-time-code";
        using var http = fixture.System.Chain.HttpClientAs(null);
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Headers.TryAddWithoutValidation("Authorization", $"DPoP {wallet.Token.AccessToken}");
        request.Headers.TryAddWithoutValidation("DPoP", wallet.Token.Prove(address));
        return await http.SendAsync(request);
    }

    private DecodePresentationRequest Decode(string presentation) => new()
    {
        RequestId = fixture.Cast.NewRequestId(), Presentation = presentation,
        BusinessType = BusinessType.Settlement, Operator = JourneyCast.Clerk,
    };

    private async Task RefusedAsync(
        string verdict, CertificateService.CertificateServiceClient hospital, string presentation)
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await hospital.DecodePresentationAsync(Decode(presentation)));
        Assert.Equal(StatusCode.FailedPrecondition, refusal.StatusCode);
        Assert.StartsWith(verdict + ": ", refusal.Status.Detail, StringComparison.Ordinal);
    }
}
