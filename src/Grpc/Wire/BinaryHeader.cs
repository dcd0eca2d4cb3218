using Grpc.Core;

namespace Grpc.Wire;

/// <summary>
/// The values of <c>-bin</c> headers: base64, sent without padding and accepted with or without it; one header line may
/// carry several values joined by commas.
/// </summary>
internal static class BinaryHeader
{
    public static string Encode(ReadOnlySpan<byte> value) => Convert.ToBase64String(value).TrimEnd('=');

    /// <summary>Decodes one value; false when it is not base64.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] value)
    {
        text = text.Trim().TrimEnd('=');
        value = [];
        if (text.Length % 4 == 1)
            return false;
        var padded = new char[(text.Length + 3) / 4 * 4];
        padded.AsSpan().Fill('=');
        text.CopyTo(padded);
        var decoded = new byte[padded.Length / 4 * 3];
        if (!Convert.TryFromBase64Chars(padded, decoded, out var length))
            return false;
        value = length == decoded.Length ? decoded : decoded[..length];
        return true;
    }

    /// <summary>Adds the values of a header line to metadata, splitting and decoding binary ones.</summary>
    /// <exception cref="RpcException">INTERNAL: a binary value is not base64.</exception>
    public static void AddTo(Metadata metadata, string lowerCaseKey, string value)
    {
        if (!Metadata.Entry.HasBinarySuffix(lowerCaseKey))
        {
            metadata.Add(Metadata.Entry.FromWire(lowerCaseKey, value));
            return;
        }
        foreach (var range in value.AsSpan().Split(','))
        {
            if (!TryDecode(value.AsSpan(range), out var bytes))
                throw GrpcFault.Internal($"The metadata value of {lowerCaseKey} is not base64.");
            metadata.Add(Metadata.Entry.FromWire(lowerCaseKey, bytes));
        }
    }

    /// <summary>The header value of an entry.</summary>
    /// <exception cref="RpcException">INTERNAL: a text has characters outside printable ASCII.</exception>
    public static string ValueOf(Metadata.Entry entry)
    {
        if (entry.IsBinary)
            return Encode(entry.BinarySpan);
        var text = entry.Value;
        if (text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            throw GrpcFault.Internal(
                $"The metadata value of {entry.Key} has characters outside printable ASCII; use a -bin key.");
        }
        return text;
    }
}
