using Ecert.Certificates.Cose;

namespace Ecert.Certificates.Trust;

/// <summary>
/// The trust list as CBOR: {1: version, 2: issued, 3: expires, 4: [{1: signer DER, 2: province CA DER, 3: status lists,
/// 4: retired}]}. Closed: an unknown label might take trust away, so it is refused.
/// </summary>
internal static class TrustListFormat
{
    private const int Version = 1, Issued = 2, Expires = 3, Entries = 4;
    private const int Signer = 1, Province = 2, StatusLists = 3, Retired = 4;
    private const int LargestCertificate = 4096;
    private const int LongestAddress = 256;

    internal static byte[] Encode(TrustListContent content)
    {
        var writer = new DeterministicWriter();
        writer.WriteStartMap(4);
        writer.WriteInt32(Version);
        writer.WriteInt64(content.Version);
        writer.WriteInt32(Issued);
        writer.WriteInt64(content.IssuedAt.ToUnixTimeSeconds());
        writer.WriteInt32(Expires);
        writer.WriteInt64(content.ExpiresAt.ToUnixTimeSeconds());
        writer.WriteInt32(Entries);
        writer.WriteStartArray(content.Entries.Count);
        foreach (var entry in content.Entries)
            Write(writer, entry);
        return writer.Encode();
    }

    private static void Write(DeterministicWriter writer, TrustListEntry entry)
    {
        writer.WriteStartMap(entry.RetiredAt is null ? 3 : 4);
        writer.WriteInt32(Signer);
        writer.WriteByteString(entry.SignerCertificate.Span);
        writer.WriteInt32(Province);
        writer.WriteByteString(entry.ProvinceCertificate.Span);
        writer.WriteInt32(StatusLists);
        writer.WriteTextString(entry.StatusLists.OriginalString);
        if (entry.RetiredAt is { } retired)
        {
            writer.WriteInt32(Retired);
            writer.WriteInt64(retired.ToUnixTimeSeconds());
        }
    }

    internal static TrustListContent Decode(ReadOnlyMemory<byte> payload)
    {
        var reader = new StrictReader(payload, "trust_list.content");
        long? version = null;
        DateTimeOffset? issued = null, expires = null;
        List<TrustListEntry>? entries = null;
        reader.Map("structure");
        while (reader.More())
        {
            switch (reader.Label())
            {
                case Version: version = reader.Integer("version", 1, long.MaxValue); break;
                case Issued: issued = reader.Time("issued"); break;
                case Expires: expires = reader.Time("expires"); break;
                case Entries: entries = ReadEntries(reader); break;
                default: throw reader.Malformed("label");
            }
        }
        reader.EndMap("structure");
        reader.End();
        return new TrustListContent(
            version ?? throw reader.Malformed("version"),
            issued ?? throw reader.Malformed("issued"),
            expires ?? throw reader.Malformed("expires"),
            entries ?? throw reader.Malformed("entries"));
    }

    private static List<TrustListEntry> ReadEntries(StrictReader reader)
    {
        var entries = new List<TrustListEntry>();
        reader.Array("entries");
        while (reader.More())
            entries.Add(ReadEntry(reader));
        reader.EndArray("entries");
        return entries;
    }

    private static TrustListEntry ReadEntry(StrictReader reader)
    {
        ReadOnlyMemory<byte> signer = default, province = default;
        Uri? lists = null;
        DateTimeOffset? retired = null;
        reader.Map("entry");
        while (reader.More())
        {
            switch (reader.Label())
            {
                case Signer: signer = reader.Bytes("entry.signer", 1, LargestCertificate); break;
                case Province: province = reader.Bytes("entry.province", 1, LargestCertificate); break;
                case StatusLists: lists = Address(reader); break;
                case Retired: retired = reader.Time("entry.retired"); break;
                default: throw reader.Malformed("entry.label");
            }
        }
        reader.EndMap("entry");
        if (signer.IsEmpty || province.IsEmpty)
            throw reader.Malformed("entry");
        return new TrustListEntry(signer, province, lists ?? throw reader.Malformed("entry.status_lists"), retired);
    }

    private static Uri Address(StrictReader reader) =>
        Uri.TryCreate(reader.Text("entry.status_lists", LongestAddress), UriKind.Absolute, out var address)
            ? address
            : throw reader.Malformed("entry.status_lists");
}
