using System.Text;
using Ecert.Certificates.Suites;
using Ecert.Kernel.Identifiers;

namespace Ecert.Certificates.Cose;

/// <summary>
/// The claims of a certificate as a CWT (RFC 8392): the registered claims under their numbers, those of the health
/// insurance in one map under a private-use label. A claim this version does not know is passed over, as RFC 8392 §3
/// asks, so that an issuer may add one; a claim it knows is checked to the letter.
/// </summary>
internal static class ClaimsFormat
{
    internal const int LongestId = 26;
    private const int Iss = 1, Sub = 2, Exp = 4, Nbf = 5, Iat = 6, Cti = 7, Cnf = 8;
    private const int Insurance = -65537;
    private const int Place = 1, Scheme = 2, Assurance = 3, Status = 4;
    private const int CoseKey = 1;

    internal static byte[] Encode(CertificateClaims claims)
    {
        var ownStart = claims.NotBefore.ToUnixTimeSeconds() != claims.IssuedAt.ToUnixTimeSeconds();
        var writer = new DeterministicWriter();
        writer.WriteStartMap(ownStart ? 8 : 7);
        Text(writer, Iss, claims.Issuer.Value);
        Text(writer, Sub, claims.Subject.Value);
        Number(writer, Exp, claims.ExpiresAt.ToUnixTimeSeconds());
        if (ownStart)
            Number(writer, Nbf, claims.NotBefore.ToUnixTimeSeconds());
        Number(writer, Iat, claims.IssuedAt.ToUnixTimeSeconds());
        writer.WriteInt32(Cti);
        writer.WriteByteString(Encoding.ASCII.GetBytes(claims.Id.Value));
        writer.WriteInt32(Cnf);
        writer.WriteStartMap(1);
        writer.WriteInt32(CoseKey);
        CoseKeyFormat.Write(writer, claims.HolderKey);
        WriteInsurance(writer, claims);
        return writer.Encode();
    }

    private static void WriteInsurance(DeterministicWriter writer, CertificateClaims claims)
    {
        writer.WriteInt32(Insurance);
        writer.WriteStartMap(4);
        Text(writer, Place, claims.InsuredPlace.Value);
        Text(writer, Scheme, claims.Scheme);
        Number(writer, Assurance, (int)claims.Assurance);
        writer.WriteInt32(Status);
        writer.WriteStartArray(2);
        writer.WriteInt32(claims.Status.List);
        writer.WriteInt32(claims.Status.Index);
    }

    internal static CertificateClaims Decode(ReadOnlyMemory<byte> payload, string where)
    {
        var reader = new StrictReader(payload, $"{where}.claims");
        var draft = new Draft();
        reader.Map("structure");
        while (reader.More())
            ReadClaim(reader, draft);
        reader.EndMap("structure");
        reader.End();
        return draft.Complete(reader);
    }

    private static void ReadClaim(StrictReader reader, Draft draft)
    {
        var label = reader.Label();
        switch (label)
        {
            case Iss: draft.Issuer = Division(reader, "iss"); break;
            case Sub: draft.Subject = Visible(reader, "sub", reader.Text("sub", LongestId)); break;
            case Exp: draft.ExpiresAt = reader.Time("exp"); break;
            case Nbf: draft.NotBefore = reader.Time("nbf"); break;
            case Iat: draft.IssuedAt = reader.Time("iat"); break;
            case Cti: draft.Id = Visible(reader, "cti", Latin1(reader.Bytes("cti", 1, LongestId))); break;
            case Cnf: draft.HolderKey = Confirmation(reader); break;
            case Insurance: ReadInsurance(reader, draft); break;
            default: reader.Skip(label); break;
        }
    }

    private static void ReadInsurance(StrictReader reader, Draft draft)
    {
        reader.Map("insurance");
        while (reader.More())
        {
            var label = reader.Label();
            switch (label)
            {
                case Place: draft.InsuredPlace = Division(reader, "insured_place"); break;
                case Scheme: draft.Scheme = SchemeCode(reader); break;
                case Assurance: draft.Assurance = (AssuranceLevel)reader.Integer("assurance", 1, 3); break;
                case Status: draft.Status = StatusPlace(reader); break;
                default: reader.Skip(label); break;
            }
        }
        reader.EndMap("insurance");
    }

    private static PublicKey Confirmation(StrictReader reader)
    {
        reader.Map("cnf");
        if (!reader.More() || reader.Label() != CoseKey)
            throw reader.Malformed("cnf");
        var key = CoseKeyFormat.Read(reader, "cnf");
        reader.EndMap("cnf");
        return key;
    }

    private static StatusReference StatusPlace(StrictReader reader)
    {
        if (reader.Array("status") != 2)
            throw reader.Malformed("status");
        var list = (int)reader.Integer("status.list", 0, ushort.MaxValue);
        var index = (int)reader.Integer("status.index", 0, int.MaxValue);
        reader.EndArray("status");
        return new StatusReference(list, index);
    }

    private static DivisionCode Division(StrictReader reader, string field) =>
        DivisionCode.TryParse(reader.Text(field, 6), out var code) ? code : throw reader.Malformed(field);

    private static string SchemeCode(StrictReader reader)
    {
        var text = reader.Text("scheme", 3);
        return IsScheme(text) ? text : throw reader.Malformed("scheme");
    }

    private static string Visible(StrictReader reader, string field, string text) =>
        IsId(text) ? text : throw reader.Malformed(field);

    private static string Latin1(ReadOnlyMemory<byte> bytes) => Encoding.Latin1.GetString(bytes.Span);

    internal static bool IsId(string? text) =>
        text is { Length: > 0 and <= LongestId } && text.All(character => character is > ' ' and <= '~');

    internal static bool IsScheme(string? text) => text is { Length: 3 } && text.All(char.IsAsciiDigit);

    private static void Text(DeterministicWriter writer, int label, string value)
    {
        writer.WriteInt32(label);
        writer.WriteTextString(value);
    }

    private static void Number(DeterministicWriter writer, int label, long value)
    {
        writer.WriteInt32(label);
        writer.WriteInt64(value);
    }

    /// <summary>What was read so far.</summary>
    private sealed class Draft
    {
        internal DivisionCode? Issuer, InsuredPlace;
        internal string? Subject, Id, Scheme;
        internal DateTimeOffset? ExpiresAt, NotBefore, IssuedAt;
        internal AssuranceLevel? Assurance;
        internal PublicKey? HolderKey;
        internal StatusReference? Status;

        internal CertificateClaims Complete(StrictReader reader)
        {
            var issuedAt = IssuedAt ?? throw reader.Malformed("iat");
            return new CertificateClaims(
                Issuer ?? throw reader.Malformed("iss"),
                new CertificateId(Id ?? throw reader.Malformed("cti")),
                new SubjectId(Subject ?? throw reader.Malformed("sub")),
                issuedAt,
                NotBefore ?? issuedAt,
                ExpiresAt ?? throw reader.Malformed("exp"),
                InsuredPlace ?? throw reader.Malformed("insured_place"),
                Scheme ?? throw reader.Malformed("scheme"),
                Assurance ?? throw reader.Malformed("assurance"),
                HolderKey ?? throw reader.Malformed("cnf"),
                Status ?? throw reader.Malformed("status"));
        }
    }
}
