using Ecert.Certificates.Suites;
using Ecert.Certificates.Trust;

namespace Ecert.Certificates.Cose;

/// <summary>The protected header of a <see cref="CoseSign1"/>.</summary>
/// <param name="Suite">alg, label 1.</param>
/// <param name="KeyId">kid, label 4: 8 bytes.</param>
/// <param name="Type">typ, label 16: the media type of the message.</param>
/// <param name="Chain">x5chain, label 33: X.509 certificates in DER, the signer's first.</param>
internal sealed record CoseHeader(
    SignatureSuite Suite, KeyId? KeyId = null, string? Type = null, IReadOnlyList<ReadOnlyMemory<byte>>? Chain = null)
{
    private const int Algorithm = 1;
    private const int Kid = 4;
    private const int Typ = 16;
    private const int X5Chain = 33;
    private const int LongestType = 64;
    private const int LargestCertificate = 4096;
    private const int LongestChain = 4;

    internal byte[] Encode()
    {
        var writer = new DeterministicWriter();
        writer.WriteStartMap(1 + (KeyId is null ? 0 : 1) + (Type is null ? 0 : 1) + (Chain is null ? 0 : 1));
        writer.WriteInt32(Algorithm);
        writer.WriteInt32(Suite.CoseAlgorithm);
        if (KeyId is { } keyId)
        {
            writer.WriteInt32(Kid);
            writer.WriteByteString(keyId.ToBytes());
        }
        if (Type is not null)
        {
            writer.WriteInt32(Typ);
            writer.WriteTextString(Type);
        }
        if (Chain is not null)
        {
            writer.WriteInt32(X5Chain);
            WriteChain(writer, Chain);
        }
        return writer.Encode();
    }

    internal static CoseHeader Decode(ReadOnlyMemory<byte> bytes, string where)
    {
        var reader = new StrictReader(bytes, $"{where}.protected");
        SignatureSuite? suite = null;
        var header = new CoseHeader(SignatureSuite.Es256);
        reader.Map("structure");
        while (reader.More())
        {
            switch (reader.Label())
            {
                case Algorithm:
                    suite = SignatureSuite.OfAlgorithm(reader.Integer("alg", long.MinValue, long.MaxValue));
                    break;
                case Kid:
                    header = header with { KeyId = Trust.KeyId.FromBytes(reader.Bytes("kid", 8, 8).Span) };
                    break;
                case Typ:
                    header = header with { Type = reader.Text("typ", LongestType) };
                    break;
                case X5Chain:
                    header = header with { Chain = ReadChain(reader) };
                    break;
                default:
                    throw reader.Malformed("label");
            }
        }
        reader.EndMap("structure");
        reader.End();
        return header with { Suite = suite ?? throw reader.Malformed("alg") };
    }

    /// <summary>One certificate stands alone, several stand in an array (RFC 9360 §2).</summary>
    private static void WriteChain(DeterministicWriter writer, IReadOnlyList<ReadOnlyMemory<byte>> chain)
    {
        if (chain.Count > 1)
            writer.WriteStartArray(chain.Count);
        foreach (var certificate in chain)
            writer.WriteByteString(certificate.Span);
    }

    private static List<ReadOnlyMemory<byte>> ReadChain(StrictReader reader)
    {
        if (reader.IsBytes())
            return [reader.Bytes("x5chain", 1, LargestCertificate)];
        var count = reader.Array("x5chain");
        if (count is < 2 or > LongestChain)
            throw reader.Malformed("x5chain");
        var chain = new List<ReadOnlyMemory<byte>>(count);
        while (reader.More())
            chain.Add(reader.Bytes("x5chain", 1, LargestCertificate));
        reader.EndArray("x5chain");
        return chain;
    }
}
