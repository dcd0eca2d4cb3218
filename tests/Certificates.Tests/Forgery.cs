using System.Formats.Cbor;
using Ecert.Certificates.Cose;
using Ecert.Certificates.Presentations;
using Ecert.Certificates.Suites;

namespace Ecert.Certificates.Tests;

/// <summary>Puts together what an honest issuer or holder never would, with signatures that hold.</summary>
internal static class Forgery
{
    /// <summary>A COSE_Sign1 over any header and payload.</summary>
    internal static async Task<byte[]> SignAsync(byte[] header, byte[] payload, SigningKey key, bool tagged)
    {
        var signature = await key.SignAsync(CoseSign1.ToBeSigned(header, payload), CancellationToken.None);
        return CoseSign1.Assemble(header, payload, signature, tagged);
    }

    /// <summary>The text of a presentation with any statement payload.</summary>
    internal static async Task<string> PresentAsync(byte[] payload, SigningKey holder, byte[]? header = null)
    {
        var message = await SignAsync(header ?? new CoseHeader(holder.Suite).Encode(), payload, holder, tagged: false);
        return "HEC1:" + Base45.Encode(message);
    }

    /// <summary>The statement an honest holder would sign around these bytes of a certificate.</summary>
    internal static byte[] Statement(byte[] certificate, DateTimeOffset madeAt) => Cbor(writer =>
    {
        writer.WriteStartMap(4);
        writer.WriteInt32(1);
        writer.WriteByteString(certificate);
        writer.WriteInt32(2);
        writer.WriteInt64(madeAt.ToUnixTimeSeconds());
        writer.WriteInt32(3);
        writer.WriteByteString(new byte[8]);
        writer.WriteInt32(4);
        writer.WriteInt32(1);
        writer.WriteEndMap();
    });

    /// <summary>CBOR with no rules at all.</summary>
    internal static byte[] Cbor(Action<CborWriter> write)
    {
        var writer = new CborWriter(CborConformanceMode.Lax, convertIndefiniteLengthEncodings: false);
        write(writer);
        return writer.Encode();
    }
}
