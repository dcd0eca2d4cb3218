using Grpc.Core;

namespace Grpc.Wire;

/// <summary>Makes the exceptions of protocol faults.</summary>
internal static class GrpcFault
{
    public static RpcException Internal(string detail, Exception? cause = null) =>
        new(new Status(StatusCode.Internal, detail, cause));

    public static RpcException Unimplemented(string detail) => new(new Status(StatusCode.Unimplemented, detail));

    public static RpcException ResourceExhausted(string detail) =>
        new(new Status(StatusCode.ResourceExhausted, detail));

    public static RpcException MessageTooLarge(long length, int limit) =>
        ResourceExhausted($"The message of {length} bytes is larger than the limit of {limit} bytes.");

    public static RpcException DecompressedTooLarge(int limit) =>
        ResourceExhausted($"The decompressed message is larger than the limit of {limit} bytes.");
}
