using System.Numerics;

namespace Ecert.Certificates.Qr.Reading;

/// <summary>Error correction level and data mask.</summary>
internal readonly record struct SymbolFormat(CorrectionLevel Level, int Mask);

/// <summary>How much damage is mended, by the numbers of table 12.</summary>
internal enum CorrectionLevel
{
    M = 0,
    L = 1,
    H = 2,
    Q = 3,
}

/// <summary>
/// Format and version information (7.9 and 7.10, annexes C and D): twice in the symbol, in codes by which three wrong
/// bits of a copy are mended.
/// </summary>
internal static class SymbolInformation
{
    private const int MostErrors = 3;
    private const int FormatMask = 0b101_0100_0001_0010;
    private const int FormatGenerator = 0b101_0011_0111;
    private const int VersionGenerator = 0b1_1111_0010_0101;

    /// <summary>What either copy says, the less damaged one first; empty where both are lost.</summary>
    internal static IEnumerable<SymbolFormat> Formats(ModuleGrid modules)
    {
        var side = modules.Side;
        var first = new List<bool>();
        var second = new List<bool>();
        for (var index = 0; index < 15; index++)
        {
            // Around the top left finder, most significant first; across the timing patterns lies nothing.
            var (column, row) = index < 8
                ? (index < 6 ? index : index + 1, 8)
                : (8, index == 8 ? 7 : 14 - index);
            first.Add(modules[column, row]);
            // Up beside the bottom left one, then right under the top right one.
            second.Add(index < 7 ? modules[8, side - 1 - index] : modules[side - 15 + index, 8]);
        }
        return Enumerable.Range(0, 32)
            .Select(data => (Data: data, Errors: Math.Min(FormatErrors(first, data), FormatErrors(second, data))))
            .Where(candidate => candidate.Errors <= MostErrors).OrderBy(candidate => candidate.Errors)
            .Select(candidate => new SymbolFormat((CorrectionLevel)(candidate.Data >> 3), candidate.Data & 7));
    }

    /// <summary>Whether one of the copies says the version; below 7 there are none.</summary>
    internal static bool HasVersion(ModuleGrid modules, SymbolLayout layout)
    {
        if (!layout.HasVersionInformation)
            return true;
        var code = Encode(layout.Version, VersionGenerator, 12);
        var (right, bottom) = (0, 0);
        for (var index = 0; index < 18; index++)
        {
            var bit = ((code >> index) & 1) != 0;
            var (near, far) = (index / 3, modules.Side - 11 + index % 3);
            right += modules[far, near] != bit ? 1 : 0;
            bottom += modules[near, far] != bit ? 1 : 0;
        }
        return Math.Min(right, bottom) <= MostErrors;
    }

    private static int FormatErrors(List<bool> copy, int data)
    {
        var read = copy.Aggregate(0, (bits, bit) => bits << 1 | (bit ? 1 : 0));
        return BitOperations.PopCount((uint)(read ^ Encode(data, FormatGenerator, 10) ^ FormatMask));
    }

    /// <summary>The data followed by the remainder of their division by the generator, over GF(2).</summary>
    private static int Encode(int data, int generator, int checkBits)
    {
        var remainder = data << checkBits;
        for (var bit = 31 - BitOperations.LeadingZeroCount((uint)remainder | 1); bit >= checkBits; bit--)
            if (((remainder >> bit) & 1) != 0)
                remainder ^= generator << (bit - checkBits);
        return data << checkBits | remainder;
    }
}
