using Ecert.Certificates.Suites;

namespace Ecert.Certificates.Cose;

/// <summary>
/// A COSE_Sign1 (RFC 9052 §4.2) in the narrow form used here: every header is protected, the payload is inside, the
/// signature is raw. The labels are alg (1), kid (4), typ (16, RFC 9596) and x5chain (33, RFC 9360); any other is
/// refused, since a header that is not understood may change what the signature means.
/// </summary>
internal sealed record CoseSign1(
    CoseHeader Header, ReadOnlyMemory<byte> Protected, ReadOnlyMemory<byte> Payload, ReadOnlyMemory<byte> Signature)
{
    private const byte Tag18 = 0xD2;
    private const int LargestPayload = 1 << 26;

    /// <summary>Signs a payload.</summary>
    internal static async ValueTask<byte[]> SignAsync(
        CoseHeader header, byte[] payload, SigningKey key, bool tagged, CancellationToken ct)
    {
        var protectedHeader = header.Encode();
        var signature = await key.SignAsync(ToBeSigned(protectedHeader, payload), ct);
        return Assemble(protectedHeader, payload, signature, tagged);
    }

    internal static byte[] Assemble(
        ReadOnlySpan<byte> protectedHeader, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> signature, bool tagged)
    {
        var writer = new DeterministicWriter();
        writer.WriteStartArray(4);
        writer.WriteByteString(protectedHeader);
        writer.WriteStartMap(0);
        writer.WriteByteString(payload);
        writer.WriteByteString(signature);
        return tagged ? [Tag18, .. writer.Encode()] : writer.Encode();
    }

    /// <summary>Reads the outer structure and the headers; the signature is not looked at yet.</summary>
    /// <param name="message">
    /// The bytes, with the tag 18 or without it: one of the two, as the caller's format has it.
    /// </param>
    /// <param name="tagged">Is the tag there?</param>
    /// <param name="where">What the message is, for the name of a fault.</param>
    internal static CoseSign1 Decode(ReadOnlyMemory<byte> message, bool tagged, string where)
    {
        if (tagged && (message.IsEmpty || message.Span[0] != Tag18))
            throw new MalformedException($"{where}.tag");
        var reader = new StrictReader(tagged ? message[1..] : message, where);
        if (reader.Array("structure") != 4)
            throw reader.Malformed("structure");
        var protectedHeader = reader.Bytes("protected", 1, LargestPayload);
        reader.Map("unprotected");
        reader.EndMap("unprotected");
        var payload = reader.Bytes("payload", 1, LargestPayload);
        var signature = reader.Bytes("signature", SignatureSuite.SignatureSize, SignatureSuite.SignatureSize);
        reader.EndArray("structure");
        reader.End();
        return new CoseSign1(CoseHeader.Decode(protectedHeader, where), protectedHeader, payload, signature);
    }

    internal bool VerifiedBy(PublicKey key) =>
        ReferenceEquals(key.Suite, Header.Suite)
        && key.Verify(ToBeSigned(Protected.Span, Payload.Span), Signature.Span);

    /// <summary>The Sig_structure of RFC 9052 §4.4 with no external data.</summary>
    internal static byte[] ToBeSigned(ReadOnlySpan<byte> protectedHeader, ReadOnlySpan<byte> payload)
    {
        var writer = new DeterministicWriter();
        writer.WriteStartArray(4);
        writer.WriteTextString("Signature1");
        writer.WriteByteString(protectedHeader);
        writer.WriteByteString([]);
        writer.WriteByteString(payload);
        return writer.Encode();
    }
}
