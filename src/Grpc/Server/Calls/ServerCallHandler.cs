using System.Buffers;
using System.Runtime.CompilerServices;
using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>
/// Serves the calls of one method; a class per call shape fills in what happens between start and end.
/// </summary>
internal abstract class ServerCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, MethodSettings settings)
    where TRequest : class
    where TResponse : class
{
    protected Action<TResponse, SerializationContext> Serializer { get; } =
        method.ResponseMarshaller.ContextualSerializer;

    protected Func<DeserializationContext, TRequest> Deserializer { get; } =
        method.RequestMarshaller.ContextualDeserializer;

    public Task HandleAsync(HttpContext http) =>
        RequestGate.Admits(http, settings.Path) ? ServeAsync(http) : Task.CompletedTask;

    /// <summary>Runs the handler, and writes its response where there is just one.</summary>
    protected abstract ValueTask ServeAsync(HttpContextServerCallContext call);

    /// <summary>Sends the one response of a call, unless the deadline has ended it.</summary>
    protected void WriteOnlyResponse(HttpContextServerCallContext call, TResponse? response)
    {
        if (!call.ClaimEnd())
            return;
        if (response is null)
            throw new RpcException(new Status(StatusCode.Internal, "The handler returned no message."));
        call.WriteMessage(response, Serializer);
    }

    /// <summary>
    /// Reads the one request of a call, and that nothing follows it: when the handler runs, the client has said all.
    /// </summary>
    /// <exception cref="RpcException">There is no message, more than one, or one that breaks the protocol.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    protected async ValueTask<TRequest> ReadOnlyRequestAsync(HttpContextServerCallContext call)
    {
        var input = call.HttpContext.Request.BodyReader;
        try
        {
            while (true)
            {
                var result = await input.ReadAsync().ConfigureAwait(false);
                if (result.IsCanceled)
                    throw new OperationCanceledException("The call ended before its request had come.");
                var rest = result.Buffer;
                if (FrameParser.TryRead(ref rest, call.RequestDecoding.MaxSize, out var frame))
                {
                    if (!rest.IsEmpty)
                        throw Surplus(rest, call.RequestDecoding);
                    if (result.IsCompleted)
                    {
                        var request = FrameParser.Decode(frame, Deserializer, call.RequestDecoding);
                        input.AdvanceTo(result.Buffer.End);
                        return request;
                    }
                }
                else if (result.IsCompleted)
                {
                    throw Incomplete(result.Buffer);
                }
                input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            }
        }
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            throw call.ClientWentAway(exception);
        }
    }

    /// <summary>What follows a whole request is a second one, unless it is no message to begin with.</summary>
    private static RpcException Surplus(ReadOnlySequence<byte> rest, in FrameDecoding decoding)
    {
        FrameParser.TryRead(ref rest, decoding.MaxSize, out _);
        return GrpcFault.Unimplemented("More than one request was sent to a method that takes one.");
    }

    private static RpcException Incomplete(ReadOnlySequence<byte> buffer) => buffer.IsEmpty
        ? GrpcFault.Unimplemented("No request was sent to a method that takes one.")
        : GrpcFault.Internal("The request ended in the middle of a message.");

    private async Task ServeAsync(HttpContext http)
    {
        var call = new HttpContextServerCallContext(http, settings);
        try
        {
            call.Start();
            await ServeAsync(call).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            call.Fail(exception);
        }
        await call.EndAsync().ConfigureAwait(false);
    }
}
