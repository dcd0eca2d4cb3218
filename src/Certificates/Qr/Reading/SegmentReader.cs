using System.Globalization;
using System.Text;

namespace Ecert.Certificates.Qr.Reading;

/// <summary>The data's segments (7.4): each with a mode, a length and its characters.</summary>
internal sealed class SegmentReader
{
    private const string Alphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private static readonly Encoding StrictAscii = Encoding.GetEncoding(
        "us-ascii", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    private readonly byte[] _data;
    private readonly int _version;
    private readonly StringBuilder _text = new();
    private Encoding? _declared;
    private int _at;

    private SegmentReader(byte[] data, int version)
    {
        _data = data;
        _version = version;
    }

    private int Left => 8 * _data.Length - _at;

    internal static QrReading Read(byte[] data, int version) => new SegmentReader(data, version).Read();

    private QrReading Read()
    {
        // The terminator may be cut short where the symbol is full (7.4.9).
        while (Left >= 4 && Take(4) is var mode and not 0)
        {
            var refusal = mode switch
            {
                1 => Numbers(),
                2 => Letters(),
                4 => Bytes(),
                7 => CharacterSet(),
                3 => "structured_append",
                8 => "kanji",
                5 or 9 => "fnc1",
                _ => "mode",
            };
            if (refusal is not null)
                return new QrReading.Unreadable("segment." + refusal);
        }
        return new QrReading.Text(_text.ToString());
    }

    private string? Numbers()
    {
        if (!TryTakeCount(10, 12, 14, out var count))
            return "length";
        for (; count > 0; count -= 3)
        {
            var digits = Math.Min(3, count);
            if (!TryTake(3 * digits + 1, out var value))
                return "length";
            var text = value.ToString("D" + digits, CultureInfo.InvariantCulture);
            if (text.Length > digits)
                return "digits";
            _text.Append(text);
        }
        return null;
    }

    private string? Letters()
    {
        if (!TryTakeCount(9, 11, 13, out var count))
            return "length";
        for (; count > 1; count -= 2)
        {
            if (!TryTake(11, out var pair))
                return "length";
            if (pair >= 45 * 45)
                return "letters";
            _text.Append(Alphanumeric[pair / 45]).Append(Alphanumeric[pair % 45]);
        }
        if (count == 0)
            return null;
        if (!TryTake(6, out var last))
            return "length";
        if (last >= 45)
            return "letters";
        _text.Append(Alphanumeric[last]);
        return null;
    }

    private string? Bytes()
    {
        if (!TryTakeCount(8, 16, 16, out var count) || count * 8 > Left)
            return "length";
        var bytes = new byte[count];
        for (var index = 0; index < count; index++)
            bytes[index] = (byte)Take(8);
        if (Decode(bytes) is not { } text)
            return "bytes";
        _text.Append(text);
        return null;
    }

    private string? Decode(byte[] bytes)
    {
        try
        {
            return (_declared ?? StrictUtf8).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return _declared is null ? Encoding.Latin1.GetString(bytes) : null;
        }
    }

    /// <summary>An extended channel interpretation (7.4.2): its number takes one, two or three bytes.</summary>
    private string? CharacterSet()
    {
        if (!TryTake(8, out var number))
            return "length";
        var more = number < 0x80 ? 0 : number < 0xC0 ? 8 : 16;
        if (number >= 0xE0)
            return "eci";
        if (!TryTake(more, out var rest))
            return "length";
        var assigned = more == 0 ? number : (number & (more == 8 ? 0x3F : 0x1F)) << more | rest;
        _declared = assigned switch
        {
            1 or 3 => Encoding.Latin1,
            26 => StrictUtf8,
            27 or 170 => StrictAscii,
            _ => null,
        };
        return _declared is null ? "eci" : null;
    }

    private bool TryTakeCount(int small, int medium, int large, out int count) =>
        TryTake(_version < 10 ? small : _version < 27 ? medium : large, out count);

    private bool TryTake(int bits, out int value)
    {
        value = 0;
        if (bits > Left)
            return false;
        value = Take(bits);
        return true;
    }

    private int Take(int bits)
    {
        var value = 0;
        for (; bits > 0; bits--, _at++)
            value = value << 1 | (_data[_at / 8] >> (7 - _at % 8)) & 1;
        return value;
    }
}
