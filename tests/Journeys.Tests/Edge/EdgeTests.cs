using Ecert.CertsDev;
using Ecert.Certificates.Presentations;
using Ecert.Standalone.Composition;
using Ecert.Standalone.Journey;
using Ecert.V1;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;

namespace Ecert.Journeys.Tests.Edge;

/// <summary>What every call passes, seen from outside over real sockets.</summary>
[Collection(StandaloneCollection.Name)]
public sealed class EdgeTests(StandaloneFixture fixture)
{
    [Fact]
    public async Task Repeated_request_id_gets_the_first_answer_and_has_no_second_effect()
    {
        var request = await DecodeRequestAsync();
        var client = await CertificatesAsync();

        var first = await client.DecodePresentationAsync(request);
        // The presentation is spent: only the stored answer can succeed.
        var again = await client.DecodePresentationAsync(request);

        Assert.Equal(first, again);
    }

    [Fact]
    public async Task Reused_request_id_with_other_content_is_refused()
    {
        var request = await DecodeRequestAsync();
        var client = await CertificatesAsync();
        await client.DecodePresentationAsync(request);

        var other = request.Clone();
        other.BusinessType = BusinessType.Consultation;

        await RefusedAsync(StatusCode.AlreadyExists, "REQUEST_ID_REUSED", () => client.DecodePresentationAsync(other));
    }

    [Fact]
    public async Task Presentation_shown_twice_is_refused_the_second_time()
    {
        var request = await DecodeRequestAsync();
        var client = await CertificatesAsync();
        await client.DecodePresentationAsync(request);

        request.RequestId = fixture.Cast.NewRequestId();

        var refusal = await RefusedAsync(StatusCode.FailedPrecondition, "PRESENTATION_NOT_VALID",
            () => client.DecodePresentationAsync(request));
        Assert.Contains("REPLAYED", refusal.Status.Detail);
    }

    [Fact]
    public async Task Every_violation_is_reported_at_once()
    {
        var client = await CertificatesAsync();

        var refusal = await RefusedAsync(StatusCode.InvalidArgument, "INVALID_REQUEST", () =>
            client.DecodePresentationAsync(new DecodePresentationRequest { RequestId = fixture.Cast.NewRequestId() }));

        var violations =
            refusal.GetRpcStatus()!.Details.Single(detail => detail.Is(BadRequest.Descriptor)).Unpack<BadRequest>();
        Assert.Equal(["presentation", "business_type", "operator.operator_id", "operator.operator_name"],
            violations.FieldViolations.Select(violation => violation.Field));
    }

    [Fact]
    public async Task Malformed_request_id_is_refused_by_name()
    {
        var client = await CertificatesAsync();

        var refusal = await RefusedAsync(StatusCode.InvalidArgument, "INVALID_REQUEST",
            () => client.DecodePresentationAsync(new DecodePresentationRequest { RequestId = "with blank" }));

        Assert.Contains("request_id", refusal.Status.Detail);
    }

    [Fact]
    public async Task Caller_without_certificate_or_token_is_unknown()
    {
        using var channel = GrpcChannel.ForAddress(
            fixture.System.Addresses.Gateway,
            new GrpcChannelOptions { HttpHandler = fixture.System.Chain.HandlerAs(null) });

        await RefusedAsync(StatusCode.Unauthenticated, "PARTY_UNKNOWN", () =>
            new CertificateService.CertificateServiceClient(channel)
                .VerifyPresentationAsync(new VerifyPresentationRequest()));
    }

    [Fact]
    public async Task Public_verb_needs_nobody()
    {
        using var channel = GrpcChannel.ForAddress(
            fixture.System.Addresses.Gateway,
            new GrpcChannelOptions { HttpHandler = fixture.System.Chain.HandlerAs(null) });

        var answer =
            await new CertificateService.CertificateServiceClient(channel).GetTrustListAsync(new GetTrustListRequest());

        Assert.True(answer.Version > 0);
    }

    [Fact]
    public async Task Token_of_one_institution_is_of_no_use_to_another()
    {
        var stolen = (await fixture.Cast.AsAsync(Cast.ShanghaiMetro, default)).Authorization;
        using var channel = GrpcChannel.ForAddress(fixture.System.Addresses.Gateway, new GrpcChannelOptions
        {
            HttpHandler = fixture.System.Chain.HandlerAs(fixture.System.Chain.Tls.Institutions[Cast.ShanghaiHospital]),
        });

        await RefusedAsync(StatusCode.Unauthenticated, "TOKEN_INVALID", () =>
            new CertificateService.CertificateServiceClient(channel).VerifyPresentationAsync(
                new VerifyPresentationRequest { Presentation = "HEC1:" },
                new Metadata { { "authorization", stolen } }));
    }

    [Fact]
    public async Task Verb_of_another_kind_of_institution_is_not_permitted()
    {
        var metro = await fixture.Cast.AsAsync(Cast.ShanghaiMetro, default);

        await RefusedAsync(StatusCode.PermissionDenied, "NOT_PERMITTED", () =>
            new ReimbursementService.ReimbursementServiceClient(metro.Calls).PreSettleAsync(
                new PreSettleRequest { RequestId = fixture.Cast.NewRequestId(), FeeBatchId = "x" }));
    }

    [Fact]
    public async Task Verb_not_built_yet_is_unimplemented_with_a_reason()
    {
        var hospital = await fixture.Cast.HospitalAsync(default);

        await RefusedAsync(StatusCode.Unimplemented, "VERB_NOT_OFFERED", () =>
            new ReimbursementService.ReimbursementServiceClient(hospital.Calls)
                .ListSettlementsAsync(new ListSettlementsRequest()));
    }

    [Fact]
    public async Task Someone_elses_settlement_is_not_found()
    {
        var hospital = await fixture.Cast.HospitalAsync(default);

        await RefusedAsync(StatusCode.NotFound, "SETTLEMENT_NOT_FOUND", () =>
            new ReimbursementService.ReimbursementServiceClient(hospital.Calls).GetSettlementAsync(
                new GetSettlementRequest { SettlementId = "01M80SKVTWMGNR8EYT8HEZP5JE" }));
    }

    private async Task<DecodePresentationRequest> DecodeRequestAsync()
    {
        var wallet = await fixture.LiMingAsync();
        return new DecodePresentationRequest
        {
            RequestId = fixture.Cast.NewRequestId(),
            Presentation = await wallet.ShowAsync(AudienceKind.Medical, default),
            BusinessType = BusinessType.Settlement, Operator = JourneyCast.Clerk,
        };
    }

    private async Task<CertificateService.CertificateServiceClient> CertificatesAsync() =>
        new((await fixture.Cast.HospitalAsync(default)).Calls);

    private static async Task<RpcException> RefusedAsync<T>(
        StatusCode status, string reason, Func<AsyncUnaryCall<T>> call)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(async () => await call());
        Assert.Equal(status, exception.StatusCode);
        var info =
            exception.GetRpcStatus()!.Details.Single(detail => detail.Is(ErrorInfo.Descriptor)).Unpack<ErrorInfo>();
        Assert.Equal((reason, "ecert"),
            (ErrorInfo.Descriptor.FindFieldByNumber(1).Accessor.GetValue(info) as string, info.Domain));
        return exception;
    }
}
