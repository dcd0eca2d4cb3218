namespace Grpc.Core;

/// <summary>
/// A call that did not end in <see cref="StatusCode.OK"/>; thrown by a handler, it becomes the call's status.
/// </summary>
public class RpcException : Exception
{
    /// <summary>An exception of this status.</summary>
    public RpcException(Status status) : this(status, Metadata.Empty, status.ToString()) { }

    /// <summary>An exception of this status with its own message.</summary>
    public RpcException(Status status, string message) : this(status, Metadata.Empty, message) { }

    /// <summary>An exception of this status with trailers.</summary>
    public RpcException(Status status, Metadata trailers) : this(status, trailers, status.ToString()) { }

    /// <summary>An exception of this status with trailers and its own message.</summary>
    public RpcException(Status status, Metadata trailers, string message) : base(message, status.DebugException)
    {
        ArgumentNullException.ThrowIfNull(trailers);
        Status = status;
        Trailers = trailers;
    }

    /// <summary>The status the call ended with.</summary>
    public Status Status { get; }

    /// <summary>The code of <see cref="Status"/>.</summary>
    public StatusCode StatusCode => Status.StatusCode;

    /// <summary>The trailers that came, or will go, with the status.</summary>
    public Metadata Trailers { get; }
}
