using Ecert.Certificates.Cose;
using Ecert.Kernel;

namespace Ecert.Certificates.Presentations;

/// <summary>
/// The offline presentation: <c>HEC1:</c> and the base45 of an untagged COSE_Sign1 by the holder's key whose payload is
/// the map {1: certificate, 2: time, 3: nonce, 4: audience, 5: ceiling in fen}. Closed: a verifier must not accept a
/// restriction it does not understand, so an unknown label is refused.
/// </summary>
internal static class PresentationFormat
{
    internal const string Prefix = "HEC1:";
    private const int LongestText = 1024;
    private const int LargestCertificate = 640;
    private const int Certificate = 1, Time = 2, Nonce = 3, Audience = 4, Ceiling = 5;

    internal static byte[] Encode(SignedCertificate certificate, HolderStatement statement)
    {
        var writer = new DeterministicWriter();
        writer.WriteStartMap(statement.Ceiling is null ? 4 : 5);
        writer.WriteInt32(Certificate);
        writer.WriteByteString(certificate.Bytes.Span);
        writer.WriteInt32(Time);
        writer.WriteInt64(statement.MadeAt.ToUnixTimeSeconds());
        writer.WriteInt32(Nonce);
        writer.WriteByteString(statement.Nonce.Span);
        writer.WriteInt32(Audience);
        writer.WriteInt32((int)statement.Audience);
        if (statement.Ceiling is { } ceiling)
        {
            writer.WriteInt32(Ceiling);
            writer.WriteInt64(ceiling.Fen);
        }
        return writer.Encode();
    }

    internal static DecodedPresentation Decode(ReadOnlySpan<char> text)
    {
        if (text.Length > LongestText || !text.StartsWith(Prefix, StringComparison.Ordinal))
            throw new MalformedException("presentation.prefix");
        if (!Base45.TryDecode(text[Prefix.Length..], out var bytes))
            throw new MalformedException("presentation.base45");
        var message = CoseSign1.Decode(bytes, tagged: false, "presentation");
        if (message.Header is not { KeyId: null, Type: null, Chain: null })
            throw new MalformedException("presentation.protected.label");
        return DecodeStatement(message);
    }

    private static DecodedPresentation DecodeStatement(CoseSign1 message)
    {
        var reader = new StrictReader(message.Payload, "presentation.statement");
        ReadOnlyMemory<byte> certificate = default, nonce = default;
        DateTimeOffset? madeAt = null;
        AudienceKind? audience = null;
        Money? ceiling = null;
        reader.Map("structure");
        while (reader.More())
        {
            switch (reader.Label())
            {
                case Certificate: certificate = reader.Bytes("certificate", 1, LargestCertificate); break;
                case Time: madeAt = reader.Time("time"); break;
                case Nonce:
                    nonce = reader.Bytes("nonce", HolderStatement.NonceSize, HolderStatement.LongestNonce);
                    break;
                case Audience: audience = (AudienceKind)reader.Integer("audience", 1, 3); break;
                case Ceiling:
                    ceiling = new Money(reader.Integer("ceiling", 0, HolderStatement.HighestCeiling.Fen));
                    break;
                default: throw reader.Malformed("label");
            }
        }
        reader.EndMap("structure");
        reader.End();
        if (certificate.IsEmpty || nonce.IsEmpty)
            throw reader.Malformed(certificate.IsEmpty ? "certificate" : "nonce");
        var statement = new HolderStatement(
            madeAt ?? throw reader.Malformed("time"), nonce, audience ?? throw reader.Malformed("audience"), ceiling);
        return new DecodedPresentation(message, SignedCertificate.Read(certificate, "certificate"), statement);
    }
}

/// <summary>A presentation that could be read; nothing of it is verified.</summary>
internal sealed record DecodedPresentation(CoseSign1 Message, SignedCertificate Certificate, HolderStatement Statement);
