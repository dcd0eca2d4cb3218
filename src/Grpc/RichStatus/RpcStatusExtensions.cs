using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Grpc.Core;

/// <summary>Between <c>google.rpc.Status</c> and exceptions.</summary>
public static class RpcStatusExtensions
{
    /// <summary>An exception of this status; the whole of it travels in <c>grpc-status-details-bin</c>.</summary>
    public static RpcException ToRpcException(this Google.Rpc.Status status)
    {
        ArgumentNullException.ThrowIfNull(status);
        return status.ToRpcException((StatusCode)status.Code, status.Message);
    }

    /// <summary>An exception of another code and message with this status as its details.</summary>
    public static RpcException ToRpcException(this Google.Rpc.Status status, StatusCode statusCode, string message)
    {
        ArgumentNullException.ThrowIfNull(status);
        var trailers = new Metadata();
        trailers.SetRpcStatus(status);
        return new RpcException(new Status(statusCode, message), trailers);
    }

    /// <summary>The first detail of this type, or null.</summary>
    /// <exception cref="InvalidProtocolBufferException">A detail cannot be parsed as its type.</exception>
    public static T? GetDetail<T>(this Google.Rpc.Status status) where T : class, IMessage<T>, new()
    {
        ArgumentNullException.ThrowIfNull(status);
        foreach (Any detail in status.Details)
        {
            if (detail.TryUnpack<T>(out var message))
                return message;
        }
        return null;
    }
}

/// <summary>The rich status of an exception.</summary>
public static class RpcExceptionExtensions
{
    /// <summary>The <c>google.rpc.Status</c> that came with the exception, or null.</summary>
    /// <exception cref="InvalidProtocolBufferException">The details cannot be parsed.</exception>
    public static Google.Rpc.Status? GetRpcStatus(this RpcException ex)
    {
        ArgumentNullException.ThrowIfNull(ex);
        return ex.Trailers.GetRpcStatus();
    }
}

/// <summary>The rich status in a call's trailers.</summary>
public static class MetadataExtensions
{
    /// <summary>The trailer a rich status travels in.</summary>
    public const string StatusDetailsTrailerName = "grpc-status-details-bin";

    /// <summary>The <c>google.rpc.Status</c> in the trailers, or null.</summary>
    /// <param name="metadata">The trailers.</param>
    /// <param name="ignoreParseError">Whether details that cannot be parsed count as none.</param>
    /// <exception cref="InvalidProtocolBufferException">The details cannot be parsed.</exception>
    public static Google.Rpc.Status? GetRpcStatus(this Metadata metadata, bool ignoreParseError = false)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        var bytes = metadata.GetValueBytes(StatusDetailsTrailerName);
        if (bytes is null)
            return null;
        try
        {
            return Google.Rpc.Status.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException) when (ignoreParseError)
        {
            return null;
        }
    }

    /// <summary>Puts a rich status into the trailers, in the place of one already there.</summary>
    public static void SetRpcStatus(this Metadata metadata, Google.Rpc.Status status)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentNullException.ThrowIfNull(status);
        while (metadata.Get(StatusDetailsTrailerName) is { } old)
            metadata.Remove(old);
        metadata.Add(StatusDetailsTrailerName, status.ToByteArray());
    }
}
