namespace Grpc.Wire;

/// <summary>Names and small rules of gRPC over HTTP/2 (PROTOCOL-HTTP2).</summary>
internal static class GrpcProtocol
{
    public const string ContentType = "application/grpc";
    public const string TimeoutHeader = "grpc-timeout";
    public const string EncodingHeader = "grpc-encoding";
    public const string AcceptEncodingHeader = "grpc-accept-encoding";
    public const string StatusTrailer = "grpc-status";
    public const string MessageTrailer = "grpc-message";
    public const string StatusDetailsTrailer = "grpc-status-details-bin";
    public const string IdentityEncoding = "identity";

    /// <summary>
    /// Response metadata of this name chooses the encoding of one call's messages; it is not sent. The official
    /// packages use the same name.
    /// </summary>
    public const string InternalEncodingRequest = "grpc-internal-encoding-request";

    public const int FrameHeaderLength = 5;

    /// <summary>The largest message received when nothing else is configured: 4 MiB.</summary>
    public const int DefaultMaxReceiveMessageSize = 4 * 1024 * 1024;

    /// <summary>
    /// <c>application/grpc</c>, alone or followed by <c>+format</c> or <c>;parameters</c>. <c>application/grpc-web</c>
    /// is another protocol.
    /// </summary>
    public static bool IsGrpcContentType(string? contentType)
    {
        if (contentType is null || !contentType.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase))
            return false;
        return contentType.Length == ContentType.Length || contentType[ContentType.Length] is '+' or ';' or ' ';
    }

    /// <summary>Header names that carry the protocol itself and are no metadata.</summary>
    public static bool IsReserved(string name)
    {
        if (name.Length == 0 || name[0] == ':')
            return true;
        return name.ToLowerInvariant() is "content-type" or "te" or "host" or "content-length" or "connection"
            or "transfer-encoding" or "accept-encoding" or "trailer" or TimeoutHeader or EncodingHeader
            or AcceptEncodingHeader or StatusTrailer or MessageTrailer or InternalEncodingRequest;
    }

    /// <summary>Whether a header list such as <c>identity, gzip;q=0.5</c> accepts an encoding.</summary>
    public static bool Accepts(IEnumerable<string?> acceptEncodingValues, string encoding)
    {
        foreach (var value in acceptEncodingValues)
        {
            var rest = value.AsSpan();
            while (!rest.IsEmpty)
            {
                var comma = rest.IndexOf(',');
                var item = comma < 0 ? rest : rest[..comma];
                rest = comma < 0 ? default : rest[(comma + 1)..];
                if (ItemAccepts(item, encoding))
                    return true;
            }
        }
        return false;
    }

    private static bool ItemAccepts(ReadOnlySpan<char> item, string encoding)
    {
        var semicolon = item.IndexOf(';');
        var name = (semicolon < 0 ? item : item[..semicolon]).Trim();
        if (!name.Equals(encoding, StringComparison.OrdinalIgnoreCase))
            return false;
        var parameter = semicolon < 0 ? default : item[(semicolon + 1)..].Trim();
        return !(parameter.StartsWith("q=0") && parameter[3..].TrimStart('.').Trim('0').IsEmpty);
    }
}
