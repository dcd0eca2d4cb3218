using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client.Internal;

/// <summary>Turns response headers and trailers into metadata.</summary>
internal static class ResponseMetadata
{
    /// <summary>All of them, the gRPC status included.</summary>
    public static Metadata Read(HttpResponseHeaders headers)
    {
        var metadata = new Metadata();
        foreach (var (name, values) in headers.NonValidated)
        {
            var key = name.ToLowerInvariant();
            if (GrpcProtocol.IsReserved(key) && key is not (GrpcProtocol.StatusTrailer or GrpcProtocol.MessageTrailer))
                continue;
            foreach (var value in values)
                BinaryHeader.AddTo(metadata, key, value);
        }
        return metadata;
    }

    /// <summary>What the server sent as response headers, without the status of a response that has no body.</summary>
    public static Metadata ReadHeaders(HttpResponseMessage response)
    {
        var metadata = Read(response.Headers);
        ClientStatus.TryRead(metadata, out _);
        return metadata;
    }
}
