using System.Text;

namespace Ecert.Interop.Tests.RawHttp2;

/// <summary>
/// The Huffman code of HPACK (RFC 7541, appendix B). It is canonical: shorter codes come first and equal lengths go by
/// symbol, so the lengths alone give the table.
/// </summary>
internal static class HpackHuffman
{
    private const int EndOfString = 256;

    /// <summary>The code length of each symbol 0 to 256, written as one digit of base 36.</summary>
    private const string Lengths =
        "dnsssssssoussussssssssusssssssss6aacd68baa8b8666555666666678f6cad677777777777777777777"
        + "77878djde6f56565666577666567655677777fbedskmkkmmmnmnnnnnonoomnonnnnlmnmnnomlkmmnnlnmmo"
        + "lmnnllmlnmnnkmmmnmmnqqkjmnmpqqqrrqopjlqrrqrollqqsrrrkoklmllnmmppooqnqrqqrrrrrsrrrrrqu";

    private static readonly Dictionary<(int Length, uint Code), int> Symbols = BuildTable();

    public static string Decode(ReadOnlySpan<byte> encoded)
    {
        var text = new StringBuilder();
        var code = 0u;
        var length = 0;
        for (var bit = 0; bit < encoded.Length * 8; bit++)
        {
            code = (code << 1) | (uint)((encoded[bit / 8] >> (7 - bit % 8)) & 1);
            length++;
            if (!Symbols.TryGetValue((length, code), out var symbol))
                continue;
            if (symbol == EndOfString)
                throw new InvalidDataException("The end-of-string symbol stands inside a Huffman string.");
            text.Append((char)symbol);
            (code, length) = (0, 0);
        }

        if (length > 7 || code != (1u << length) - 1)
            throw new InvalidDataException("A Huffman string ends in padding that is not all ones.");
        return text.ToString();
    }

    private static Dictionary<(int Length, uint Code), int> BuildTable()
    {
        var table = new Dictionary<(int, uint), int>();
        var code = 0u;
        var length = 0;
        var byLength = Lengths.Select((digit, symbol) => (Symbol: symbol, Bits: LengthOf(digit))).OrderBy(s => s.Bits);
        foreach (var (symbol, bits) in byLength)
        {
            code = length == 0 ? 0 : (code + 1) << (bits - length);
            length = bits;
            table.Add((length, code), symbol);
        }

        return table;
    }

    private static int LengthOf(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : digit - 'a' + 10;
}
