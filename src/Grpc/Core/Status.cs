namespace Grpc.Core;

/// <summary>The outcome of a call: a code, a text for people, and on the client the exception behind it.</summary>
public struct Status : IEquatable<Status>
{
    /// <summary>Success with no detail.</summary>
    public static readonly Status DefaultSuccess = new(StatusCode.OK, "");

    /// <summary>Cancelled with no detail.</summary>
    public static readonly Status DefaultCancelled = new(StatusCode.Cancelled, "");

    private readonly string? _detail;

    /// <summary>A status of the given code.</summary>
    /// <param name="statusCode">The code.</param>
    /// <param name="detail">What happened, for people; travels as <c>grpc-message</c>.</param>
    public Status(StatusCode statusCode, string detail) : this(statusCode, detail, null) { }

    /// <summary>A status with the local exception that caused it.</summary>
    /// <param name="statusCode">The code.</param>
    /// <param name="detail">What happened, for people; travels as <c>grpc-message</c>.</param>
    /// <param name="debugException">The cause; never sent over the wire.</param>
    public Status(StatusCode statusCode, string detail, Exception? debugException)
    {
        StatusCode = statusCode;
        _detail = detail;
        DebugException = debugException;
    }

    /// <summary>The code.</summary>
    public StatusCode StatusCode { get; }

    /// <summary>What happened, for people.</summary>
    public readonly string Detail => _detail ?? "";

    /// <summary>The local exception behind the status, where there is one; never sent over the wire.</summary>
    public Exception? DebugException { get; }

    /// <inheritdoc />
    public override readonly string ToString() => DebugException is null
        ? $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\")"
        : $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\", DebugException=\"{DebugException.GetType()}: "
            + $"{DebugException.Message}\")";

    /// <summary>Equal codes and details; the debug exception does not count.</summary>
    public readonly bool Equals(Status other) => StatusCode == other.StatusCode && Detail == other.Detail;

    /// <inheritdoc />
    public override readonly bool Equals(object? obj) => obj is Status other && Equals(other);

    /// <inheritdoc />
    public override readonly int GetHashCode() => HashCode.Combine(StatusCode, Detail);

    /// <summary>Equal codes and details.</summary>
    public static bool operator ==(Status left, Status right) => left.Equals(right);

    /// <summary>Different codes or details.</summary>
    public static bool operator !=(Status left, Status right) => !left.Equals(right);
}
