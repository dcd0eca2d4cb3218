using System.Globalization;
using System.Net;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client.Internal;

/// <summary>
/// How what happens to a response becomes a status: HTTP statuses, resets, lost connections, trailers.
/// </summary>
internal static class ClientStatus
{
    /// <summary>The status of an exception that ended a call.</summary>
    public static Status Of(Exception exception, DateTime deadline)
    {
        if (exception is RpcException rpc)
            return rpc.Status;
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpProtocolException reset)
                return OfReset(reset, deadline);
        }
        return exception switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.VersionNegotiationError
                or HttpRequestError.HttpProtocolError } =>
                new Status(StatusCode.Internal, $"The server does not speak HTTP/2: {exception.Message}", exception),
            HttpRequestException or IOException =>
                new Status(StatusCode.Unavailable, $"The connection failed: {exception.Message}", exception),
            OperationCanceledException => new Status(StatusCode.Cancelled, "The call was cancelled.", exception),
            _ => new Status(StatusCode.Internal, $"The call failed: {exception.Message}", exception),
        };
    }

    /// <summary>The status a response without a status of its own has by its HTTP status code.</summary>
    public static Status OfHttp(HttpStatusCode httpStatus)
    {
        var code = (int)httpStatus switch
        {
            400 => StatusCode.Internal,
            401 => StatusCode.Unauthenticated,
            403 => StatusCode.PermissionDenied,
            404 => StatusCode.Unimplemented,
            429 or 502 or 503 or 504 => StatusCode.Unavailable,
            _ => StatusCode.Unknown,
        };
        return new Status(code, $"The response has HTTP status {(int)httpStatus} and no gRPC status.");
    }

    /// <summary>Takes the status out of headers or trailers; false when there is none.</summary>
    public static bool TryRead(Metadata metadata, out Status status)
    {
        status = default;
        if (metadata.Get(GrpcProtocol.StatusTrailer) is not { } entry)
            return false;
        var message = metadata.GetValue(GrpcProtocol.MessageTrailer);
        var detail = message is null ? "" : PercentEncoding.Decode(message);
        RemoveAll(metadata, GrpcProtocol.StatusTrailer);
        RemoveAll(metadata, GrpcProtocol.MessageTrailer);
        status = int.TryParse(entry.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? new Status(code <= 16 ? (StatusCode)code : StatusCode.Unknown, detail)
            : new Status(StatusCode.Unknown, $"The response has the malformed status '{entry.Value}'.");
        return true;
    }

    /// <summary>The HTTP/2 error codes of PROTOCOL-HTTP2, "Errors".</summary>
    private static Status OfReset(HttpProtocolException reset, DateTime deadline)
    {
        var code = reset.ErrorCode switch
        {
            0x7 => StatusCode.Unavailable,
            0x8 => TimeProvider.System.GetUtcNow().UtcDateTime >= deadline
                ? StatusCode.DeadlineExceeded
                : StatusCode.Cancelled,
            0xB => StatusCode.ResourceExhausted,
            0xC => StatusCode.PermissionDenied,
            _ => StatusCode.Internal,
        };
        return new Status(code, $"The server reset the stream with HTTP/2 error 0x{reset.ErrorCode:X}.", reset);
    }

    private static void RemoveAll(Metadata metadata, string key)
    {
        while (metadata.Get(key) is { } entry)
            metadata.Remove(entry);
    }
}
