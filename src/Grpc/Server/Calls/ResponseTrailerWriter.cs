using System.Globalization;
using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Writes metadata and statuses into response headers and trailers.</summary>
internal static class ResponseTrailerWriter
{
    private static readonly StringValues[] Codes =
        [.. Enumerable.Range(0, 17).Select(code => new StringValues(code.ToString(CultureInfo.InvariantCulture)))];

    public static StringValues CodeText(StatusCode code) => (int)code is >= 0 and <= 16
        ? Codes[(int)code]
        : new StringValues(((int)code).ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes the status, and the metadata that goes with it, at the end of a call.</summary>
    public static void Write(IHeaderDictionary target, in Status status, Metadata? metadata)
    {
        if (metadata is { Count: > 0 })
        {
            try
            {
                Append(target, metadata);
            }
            catch (Exception exception)
            {
                target.Clear();
                var fault = exception is RpcException rpc ? rpc.Status.Detail : "The trailers cannot be sent.";
                WriteStatus(target, new Status(StatusCode.Internal, fault));
                return;
            }
        }
        WriteStatus(target, status);
    }

    /// <summary>
    /// Adds metadata to headers. Not through <c>Append</c>, which drops empty values, and an empty value is one.
    /// </summary>
    public static void Append(IHeaderDictionary target, Metadata metadata)
    {
        foreach (var entry in metadata)
        {
            if (GrpcProtocol.IsReserved(entry.Key))
                continue;
            var value = BinaryHeader.ValueOf(entry);
            target[entry.Key] = target.TryGetValue(entry.Key, out var present)
                ? StringValues.Concat(present, value)
                : new StringValues(value);
        }
    }

    private static void WriteStatus(IHeaderDictionary target, in Status status)
    {
        target[GrpcProtocol.StatusTrailer] = CodeText(status.StatusCode);
        if (status.Detail.Length > 0)
            target[GrpcProtocol.MessageTrailer] = PercentEncoding.Encode(status.Detail);
    }
}
