using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>The one place where an exception becomes a status.</summary>
internal static partial class CallFailure
{
    public static Status ToStatus(Exception exception, bool clientGone, MethodSettings settings)
    {
        switch (exception)
        {
            case RpcException rpc:
                Log.Refused(settings.Log, settings.Path, rpc.StatusCode);
                return rpc.StatusCode == StatusCode.OK
                    ? new Status(StatusCode.Unknown, "The handler failed with status OK.")
                    : rpc.Status;
            case BadHttpRequestException:
                Log.BrokenRequest(settings.Log, settings.Path, exception);
                return new Status(StatusCode.Internal, "The request's body does not keep to HTTP.");
            case OperationCanceledException or IOException when clientGone:
                Log.Cancelled(settings.Log, settings.Path);
                return new Status(StatusCode.Cancelled, "The call was cancelled by the client.");
            default:
                Log.Failed(settings.Log, settings.Path, exception);
                return new Status(StatusCode.Unknown, settings.DetailedErrors
                    ? $"Exception was thrown by handler. {Chain(exception)}"
                    : "Exception was thrown by handler.");
        }
    }

    private static string Chain(Exception exception)
    {
        var text = $"{exception.GetType().Name}: {exception.Message}";
        return exception.InnerException is null ? text : $"{text} {Chain(exception.InnerException)}";
    }

    internal static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "The call of {Method} ended with {Status}.")]
        public static partial void Refused(ILogger logger, string method, StatusCode status);

        [LoggerMessage(2, LogLevel.Information, "The client of {Method} cancelled or went away.")]
        public static partial void Cancelled(ILogger logger, string method);

        [LoggerMessage(3, LogLevel.Error, "The handler of {Method} failed.")]
        public static partial void Failed(ILogger logger, string method, Exception exception);

        [LoggerMessage(4, LogLevel.Information, "The request to {Method} does not keep to HTTP.")]
        public static partial void BrokenRequest(ILogger logger, string method, Exception exception);

        [LoggerMessage(5, LogLevel.Debug, "The deadline of a call of {Method} passed.")]
        public static partial void DeadlineExceeded(ILogger logger, string method);

        [LoggerMessage(6, LogLevel.Debug, "The end of a call of {Method} could not be sent.")]
        public static partial void EndNotSent(ILogger logger, string method, Exception exception);

        [LoggerMessage(7, LogLevel.Error, "A callback on the cancellation of {Method} failed.")]
        public static partial void CancellationCallbackFailed(ILogger logger, string method, Exception exception);
    }
}
