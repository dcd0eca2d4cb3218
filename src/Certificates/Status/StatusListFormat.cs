using Ecert.Certificates.Cose;

namespace Ecert.Certificates.Status;

/// <summary>The claims of a Status List Token in CWT form (Token Status List §5.2).</summary>
internal static class StatusListFormat
{
    internal const string MediaType = "application/statuslist+cwt";
    private const int Sub = 2, Exp = 4, Iat = 6, StatusList = 65533, Ttl = 65534;
    private const string BitsName = "bits", ListName = "lst";
    private const int LongestAddress = 256;
    private const int LargestList = 1 << 24;

    internal static byte[] Encode(
        Uri address, StatusArray statuses, DateTimeOffset issuedAt, DateTimeOffset expiresAt, TimeSpan timeToLive)
    {
        var writer = new DeterministicWriter();
        writer.WriteStartMap(5);
        writer.WriteInt32(Sub);
        writer.WriteTextString(address.OriginalString);
        writer.WriteInt32(Exp);
        writer.WriteInt64(expiresAt.ToUnixTimeSeconds());
        writer.WriteInt32(Iat);
        writer.WriteInt64(issuedAt.ToUnixTimeSeconds());
        writer.WriteInt32(StatusList);
        writer.WriteStartMap(2);
        writer.WriteTextString(ListName);
        writer.WriteByteString(statuses.Compress());
        writer.WriteTextString(BitsName);
        writer.WriteInt32(StatusArray.Bits);
        writer.WriteInt32(Ttl);
        writer.WriteInt64((long)timeToLive.TotalSeconds);
        return writer.Encode();
    }

    internal static StatusListContent Decode(ReadOnlyMemory<byte> payload)
    {
        var reader = new StrictReader(payload, "status_list.claims");
        string? address = null;
        DateTimeOffset? expires = null, issued = null;
        long? timeToLive = null;
        StatusArray? statuses = null;
        reader.Map("structure");
        while (reader.More())
        {
            var label = reader.Label();
            switch (label)
            {
                case Sub: address = reader.Text("sub", LongestAddress); break;
                case Exp: expires = reader.Time("exp"); break;
                case Iat: issued = reader.Time("iat"); break;
                case Ttl: timeToLive = reader.Integer("ttl", 1, int.MaxValue); break;
                case StatusList: statuses = ReadList(reader); break;
                default: reader.Skip(label); break;
            }
        }
        reader.EndMap("structure");
        reader.End();
        return new StatusListContent(
            address ?? throw reader.Malformed("sub"),
            issued ?? throw reader.Malformed("iat"),
            expires ?? throw reader.Malformed("exp"),
            timeToLive is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            statuses ?? throw reader.Malformed("status_list"));
    }

    private static StatusArray ReadList(StrictReader reader)
    {
        long? bits = null;
        StatusArray? statuses = null;
        reader.Map("status_list");
        while (reader.More())
        {
            switch (reader.TextLabel())
            {
                case BitsName: bits = reader.Integer("status_list.bits", StatusArray.Bits, StatusArray.Bits); break;
                case ListName:
                    if (!StatusArray.TryDecompress(reader.Bytes("status_list.lst", 1, LargestList), out statuses))
                        throw reader.Malformed("status_list.lst");
                    break;
                default: throw reader.Malformed("status_list.label");
            }
        }
        reader.EndMap("status_list");
        return bits is not null && statuses is not null ? statuses : throw reader.Malformed("status_list");
    }
}

/// <summary>
/// The claims of a status list; a missing <c>exp</c> is not allowed here, although the specification allows it.
/// </summary>
internal sealed record StatusListContent(
    string Address, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, TimeSpan? TimeToLive, StatusArray Statuses);
