using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Ecert.Certificates.Cose;

/// <summary>
/// Reads one document of deterministic CBOR (RFC 8949 §4.2.1: shortest integers and lengths, definite lengths, sorted
/// map keys, none twice) and nothing after it. Whatever is otherwise ends in a <see cref="MalformedException"/> that
/// names the place. Tags and floating-point numbers are refused: nothing here has any.
/// </summary>
internal sealed class StrictReader(ReadOnlyMemory<byte> document, string where)
{
    // 9999-12-31T23:59:59Z: the last second the platform can hold.
    private const long LastSecond = 253_402_300_799;
    private const int Deepest = 8;

    private readonly Frame[] _frames = new Frame[Deepest];
    private int _depth;
    private int _position;

    /// <summary>A map or an array that is being read: what is left of it, and where its last key stands.</summary>
    private record struct Frame(bool IsArray, ulong Remaining, int KeyStart, int KeyEnd);

    internal MalformedException Malformed(string field) => new($"{where}.{field}");

    /// <summary>Enters an array; how many items it has.</summary>
    internal int Array(string field)
    {
        BeginItem(field);
        return Enter(MajorType.Array, field);
    }

    internal void EndArray(string field) => Leave(field);

    internal void Map(string field)
    {
        BeginItem(field);
        Enter(MajorType.Map, field);
    }

    internal void EndMap(string field) => Leave(field);

    /// <summary>Is there another entry in the map or array being read?</summary>
    internal bool More() => _frames[_depth - 1].Remaining > 0;

    /// <summary>The next key of the map being read.</summary>
    internal long Label()
    {
        Count("label");
        var start = _position;
        var label = Integer("label", long.MinValue, long.MaxValue);
        KeepOrder(start);
        return label;
    }

    /// <summary>The next key of a map whose keys are texts.</summary>
    internal string TextLabel()
    {
        Count("label");
        var start = _position;
        var label = Text("label", 64);
        KeepOrder(start);
        return label;
    }

    /// <summary>Passes over the value of a label that is not known, as strictly as over the others.</summary>
    internal void Skip(long label) => SkipItem(label.ToString(CultureInfo.InvariantCulture), _depth);

    internal long Integer(string field, long minimum, long maximum)
    {
        BeginItem(field);
        var (type, argument) = Head(field);
        if (type is not (MajorType.Unsigned or MajorType.Negative) || argument > long.MaxValue)
            throw Malformed(field);
        var value = type == MajorType.Unsigned ? (long)argument : -1 - (long)argument;
        return value >= minimum && value <= maximum ? value : throw Malformed(field);
    }

    internal DateTimeOffset Time(string field) => DateTimeOffset.FromUnixTimeSeconds(Integer(field, 0, LastSecond));

    internal ReadOnlyMemory<byte> Bytes(string field, int minimum, int maximum)
    {
        BeginItem(field);
        var value = String(MajorType.Bytes, field);
        return value.Length >= minimum && value.Length <= maximum ? value : throw Malformed(field);
    }

    /// <summary>A text of at least one and at most so many bytes.</summary>
    internal string Text(string field, int maximum)
    {
        BeginItem(field);
        var value = String(MajorType.Text, field).Span;
        return value.Length > 0 && value.Length <= maximum && Utf8.IsValid(value)
            ? Encoding.UTF8.GetString(value)
            : throw Malformed(field);
    }

    internal bool IsBytes() =>
        _position < document.Length && (MajorType)(document.Span[_position] >> 5) == MajorType.Bytes;

    /// <summary>Nothing may follow.</summary>
    internal void End()
    {
        if (_position != document.Length)
            throw Malformed("trailing");
    }

    private int Enter(MajorType expected, string field)
    {
        var (type, count) = Head(field);
        // Every entry takes a byte at least: a count beyond what is left is a lie that must not be waited for.
        if (type != expected || _depth == Deepest || count > (ulong)(document.Length - _position))
            throw Malformed(field);
        _frames[_depth++] = new Frame(type == MajorType.Array, count, 0, 0);
        return (int)count;
    }

    private void Leave(string field)
    {
        if (More())
            throw Malformed(field);
        _depth--;
    }

    /// <summary>Counts an item of an array; an entry of a map is counted by its label.</summary>
    private void BeginItem(string field)
    {
        if (_depth > 0 && _frames[_depth - 1].IsArray)
            Count(field);
    }

    private void Count(string field)
    {
        if (!More())
            throw Malformed(field);
        _frames[_depth - 1].Remaining--;
    }

    /// <summary>The key that was just read comes after the one before, byte by byte.</summary>
    private void KeepOrder(int start)
    {
        ref var frame = ref _frames[_depth - 1];
        var key = document.Span[start.._position];
        if (key.SequenceCompareTo(document.Span[frame.KeyStart..frame.KeyEnd]) <= 0)
            throw Malformed("label");
        (frame.KeyStart, frame.KeyEnd) = (start, _position);
    }

    private ReadOnlyMemory<byte> String(MajorType expected, string field)
    {
        var (type, length) = Head(field);
        if (type != expected || length > (ulong)(document.Length - _position))
            throw Malformed(field);
        var start = _position;
        _position += (int)length;
        return document[start.._position];
    }

    /// <summary>The major type and the argument of the next item (§3), in the shortest form alone.</summary>
    private (MajorType Type, ulong Argument) Head(string field)
    {
        var rest = document.Span[_position..];
        if (rest.IsEmpty)
            throw Malformed(field);
        var (type, info) = ((MajorType)(rest[0] >> 5), rest[0] & 31);
        if (info < 24)
        {
            _position++;
            return (type, (ulong)info);
        }
        var length = 1 << (info - 24);
        if (info > 27 || rest.Length <= length)
            throw Malformed(field);
        ulong argument = 0;
        foreach (var octet in rest.Slice(1, length))
            argument = argument << 8 | octet;
        var least = info == 24 ? 24UL : 1UL << (length * 4);
        if (argument < least)
            throw Malformed(field);
        _position += 1 + length;
        return (type, argument);
    }

    private void SkipItem(string field, int depth)
    {
        var start = _position;
        var (type, argument) = Head(field);
        switch (type)
        {
            case MajorType.Unsigned or MajorType.Negative:
                return;
            case MajorType.Simple when argument is >= 20 and < 24 && _position == start + 1:
                return;
            case MajorType.Bytes or MajorType.Text:
                _position = start;
                var value = String(type, field);
                if (type == MajorType.Text && !Utf8.IsValid(value.Span))
                    throw Malformed(field);
                return;
            case MajorType.Array or MajorType.Map when depth < Deepest:
                _position = start;
                SkipEntries(type, field);
                return;
            default:
                throw Malformed(field);
        }
    }

    private void SkipEntries(MajorType type, string field)
    {
        Enter(type, field);
        while (More())
        {
            Count(field);
            var start = _position;
            SkipItem(field, _depth);
            if (type != MajorType.Map)
                continue;
            KeepOrder(start);
            SkipItem(field, _depth);
        }
        Leave(field);
    }
}
