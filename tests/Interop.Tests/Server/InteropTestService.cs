using Ecert.Interop.Testing;
using Google.Protobuf;
using Grpc.Core;

namespace Ecert.Interop.Tests.Server;

/// <summary>The service of the interop cases. UnimplementedCall is left out on purpose.</summary>
internal sealed class InteropTestService(HandlerCount handlers) : TestService.TestServiceBase
{
    private const string EchoInitial = "x-grpc-test-echo-initial";
    private const string EchoTrailing = "x-grpc-test-echo-trailing-bin";

    public override Task<Empty> EmptyCall(Empty request, ServerCallContext context)
    {
        using var running = handlers.Enter();
        return Task.FromResult(new Empty());
    }

    public override async Task<SimpleResponse> UnaryCall(SimpleRequest request, ServerCallContext context)
    {
        using var running = handlers.Enter();
        await EchoMetadataAsync(context);
        RefuseUnlessCompressed(request.ExpectCompressed, context);
        ThrowIfStatusWanted(request.ResponseStatus);
        context.WriteOptions = OptionsFor(request.ResponseCompressed);
        return new SimpleResponse { Payload = Zeros(request.ResponseSize) };
    }

    public override async Task StreamingOutputCall(
        StreamingOutputCallRequest request, IServerStreamWriter<StreamingOutputCallResponse> responses,
        ServerCallContext context)
    {
        using var running = handlers.Enter();
        await EchoMetadataAsync(context);
        await AnswerAsync(request, responses, context);
    }

    public override async Task<StreamingInputCallResponse> StreamingInputCall(
        IAsyncStreamReader<StreamingInputCallRequest> requests, ServerCallContext context)
    {
        using var running = handlers.Enter();
        var sum = 0;
        while (await requests.MoveNext(context.CancellationToken))
        {
            RefuseUnlessCompressed(requests.Current.ExpectCompressed, context);
            sum += requests.Current.Payload.Body.Length;
        }

        return new StreamingInputCallResponse { AggregatedPayloadSize = sum };
    }

    public override async Task FullDuplexCall(
        IAsyncStreamReader<StreamingOutputCallRequest> requests,
        IServerStreamWriter<StreamingOutputCallResponse> responses, ServerCallContext context)
    {
        using var running = handlers.Enter();
        await EchoMetadataAsync(context);
        while (await requests.MoveNext(context.CancellationToken))
            await AnswerAsync(requests.Current, responses, context);
    }

    private static async Task AnswerAsync(
        StreamingOutputCallRequest request, IServerStreamWriter<StreamingOutputCallResponse> responses,
        ServerCallContext context)
    {
        ThrowIfStatusWanted(request.ResponseStatus);
        foreach (var wanted in request.ResponseParameters)
        {
            if (wanted.IntervalUs > 0)
                await Task.Delay(TimeSpan.FromMicroseconds(wanted.IntervalUs), context.CancellationToken);
            responses.WriteOptions = OptionsFor(wanted.Compressed);
            await responses.WriteAsync(new StreamingOutputCallResponse { Payload = Zeros(wanted.Size) });
        }
    }

    private static async Task EchoMetadataAsync(ServerCallContext context)
    {
        var initial = context.RequestHeaders.Get(EchoInitial);
        if (initial is not null)
            await context.WriteResponseHeadersAsync(new Metadata { initial });
        var trailing = context.RequestHeaders.Get(EchoTrailing);
        if (trailing is not null)
            context.ResponseTrailers.Add(trailing);
    }

    /// <summary>Handlers are not shown the protocol's own headers as metadata, so the request is asked.</summary>
    private static void RefuseUnlessCompressed(BoolValue? expected, ServerCallContext context)
    {
        var encoding = context.GetHttpContext().Request.Headers["grpc-encoding"].ToString();
        if (expected is { Value: true } && encoding is ("" or "identity"))
            throw new RpcException(new Status(StatusCode.InvalidArgument, "The request was to be compressed."));
    }

    private static void ThrowIfStatusWanted(EchoStatus? wanted)
    {
        if (wanted is not null && wanted.Code != 0)
            throw new RpcException(new Status((StatusCode)wanted.Code, wanted.Message));
    }

    private static WriteOptions? OptionsFor(BoolValue? compressed) =>
        compressed is { Value: true } ? null : new WriteOptions(WriteFlags.NoCompress);

    private static Payload Zeros(int size) => new() { Body = UnsafeByteOperations.UnsafeWrap(new byte[size]) };
}
