using System.Formats.Cbor;
using System.Globalization;

namespace Ecert.Certificates.Cose;

/// <summary>
/// Reads one document of deterministic CBOR (RFC 8949 §4.2.1: shortest integers and lengths, definite lengths, sorted
/// map keys, none twice) and nothing after it. Whatever is otherwise ends in a <see cref="MalformedException"/> that
/// names the place.
/// </summary>
internal sealed class StrictReader(ReadOnlyMemory<byte> document, string where)
{
    // 9999-12-31T23:59:59Z: the last second the platform can hold.
    private const long LastSecond = 253_402_300_799;

    // The CTAP2 form sorts as RFC 8949 §4.2.1 does for the integer and short text keys that are used here.
    private readonly CborReader _reader = new(document, CborConformanceMode.Ctap2Canonical);

    internal string Where => where;

    internal MalformedException Malformed(string field) => new($"{where}.{field}");

    internal int Array(string field) => Read(field, static reader => reader.ReadStartArray() ?? -1);

    internal void EndArray(string field) => Read(field, static reader => { reader.ReadEndArray(); return 0; });

    internal void Map(string field) => Read(field, static reader => reader.ReadStartMap());

    internal void EndMap(string field) => Read(field, static reader => { reader.ReadEndMap(); return 0; });

    /// <summary>Is there another entry in the map or array being read?</summary>
    internal bool More() => Read(
        "structure", static reader => reader.PeekState() is not (CborReaderState.EndMap or CborReaderState.EndArray));

    /// <summary>The next key of the map being read.</summary>
    internal long Label() => Read("label", static reader => reader.ReadInt64());

    /// <summary>The next key of a map whose keys are texts.</summary>
    internal string TextLabel() => Read("label", static reader => reader.ReadTextString());

    internal void Skip(long label) =>
        Read(label.ToString(CultureInfo.InvariantCulture), static reader => { reader.SkipValue(); return 0; });

    internal long Integer(string field, long minimum, long maximum)
    {
        var value = Read(field, static reader => reader.ReadInt64());
        return value >= minimum && value <= maximum ? value : throw Malformed(field);
    }

    internal DateTimeOffset Time(string field) => DateTimeOffset.FromUnixTimeSeconds(Integer(field, 0, LastSecond));

    internal ReadOnlyMemory<byte> Bytes(string field, int minimum, int maximum)
    {
        var value = Read(field, static reader => reader.ReadDefiniteLengthByteString());
        return value.Length >= minimum && value.Length <= maximum ? value : throw Malformed(field);
    }

    internal string Text(string field, int maximum)
    {
        var value = Read(field, static reader => reader.ReadTextString());
        return value.Length > 0 && value.Length <= maximum ? value : throw Malformed(field);
    }

    internal bool IsText() => Read("structure", static reader => reader.PeekState() == CborReaderState.TextString);

    internal bool IsBytes() => Read("structure", static reader => reader.PeekState() == CborReaderState.ByteString);

    /// <summary>Nothing may follow.</summary>
    internal void End()
    {
        if (_reader.BytesRemaining != 0)
            throw Malformed("trailing");
    }

    private T Read<T>(string field, Func<CborReader, T> read)
    {
        try
        {
            return read(_reader);
        }
        catch (Exception exception)
            when (exception is CborContentException or InvalidOperationException or OverflowException)
        {
            throw Malformed(field);
        }
    }
}
