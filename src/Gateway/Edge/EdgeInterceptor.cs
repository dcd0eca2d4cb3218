using Ecert.Kernel.Refusals;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Ecert.Gateway.Edge;

/// <summary>
/// Leads every call through the edge and turns what comes out into one status: the only place that does.
/// </summary>
internal sealed class EdgeInterceptor(EdgeSteps steps, ILogger<EdgeInterceptor> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        TResponse? response = null;
        await PassAsync(new EdgeCall(context, request as IMessage), async call =>
        {
            response = call.FirstAnswer is { } first
                ? Parse<TResponse>(first)
                : await continuation(request, context);
            return call.FirstAnswer is null ? response as IMessage : null;
        });
        return response!;
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        TResponse? response = null;
        await PassAsync(new EdgeCall(context, null), async _ =>
        {
            response = await continuation(requestStream, context);
            return null;
        });
        return response!;
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        PassAsync(new EdgeCall(context, request as IMessage), async _ =>
        {
            await continuation(request, responseStream, context);
            return null;
        });

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        PassAsync(new EdgeCall(context, null), async _ =>
        {
            await continuation(requestStream, responseStream, context);
            return null;
        });

    private async Task PassAsync(EdgeCall call, Func<EdgeCall, Task<IMessage?>> verb)
    {
        call.Attach();
        var entered = 0;
        CallEnding ending = new CallEnding.Broken("not ended");
        try
        {
            foreach (var step in steps.InOrder)
            {
                entered++;
                await step.EnterAsync(call);
            }
            ending = new CallEnding.Answered(await verb(call));
        }
        catch (Exception exception)
        {
            (ending, var status) = Read(call, exception);
            throw status;
        }
        finally
        {
            for (var index = entered - 1; index >= 0; index--)
                await steps.InOrder[index].LeaveAsync(call, ending);
        }
    }

    private (CallEnding, RpcException) Read(EdgeCall call, Exception exception)
    {
        switch (exception)
        {
            case RefusedException refused:
                return (new CallEnding.Refused(refused.Refusal.Reason.Code),
                    RefusalStatusMapping.ToRpcException(refused.Refusal));
            case RpcException { StatusCode: StatusCode.Unimplemented, Trailers.Count: 0 }:
                var notOffered = RefusalCatalogue.VerbNotOffered.AsRefusal();
                return (new CallEnding.Refused(notOffered.Reason.Code),
                    RefusalStatusMapping.ToRpcException(notOffered));
            case RpcException status:
                return (new CallEnding.Broken(status.StatusCode.ToString()), status);
            case OperationCanceledException when call.Ct.IsCancellationRequested:
                // Where it was the deadline, the transport has told the caller so already.
                return (new CallEnding.Broken("cancelled"), new RpcException(new Status(
                    StatusCode.Cancelled, "The call ended before its answer was ready.")));
            default:
                EdgeLog.VerbFailed(logger, call.Method, exception);
                return (new CallEnding.Broken(exception.GetType().Name), new RpcException(new Status(
                    StatusCode.Internal,
                    "The gateway failed; nothing of the inside is told. Repeat with the same request_id.")));
        }
    }

    private static TResponse Parse<TResponse>(byte[] bytes)
    {
        var message = (IMessage)Activator.CreateInstance<TResponse>()!;
        message.MergeFrom(bytes);
        return (TResponse)message;
    }
}
