namespace Ecert.Certificates.Qr.Reading;

/// <summary>How a version and level divide their codewords into blocks (ISO/IEC 18004, table 9).</summary>
internal static class BlockTable
{
    private static ReadOnlySpan<byte> CheckL =>
    [
        7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28,
        28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ];

    private static ReadOnlySpan<byte> CheckM =>
    [
        10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
        26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
    ];

    private static ReadOnlySpan<byte> CheckQ =>
    [
        13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30,
        28, 30, 30, 30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ];

    private static ReadOnlySpan<byte> CheckH =>
    [
        17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28,
        30, 24, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ];

    private static ReadOnlySpan<byte> BlocksL =>
    [
        1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8,
        8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25,
    ];

    private static ReadOnlySpan<byte> BlocksM =>
    [
        1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16,
        17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
    ];

    private static ReadOnlySpan<byte> BlocksQ =>
    [
        1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20,
        23, 23, 25, 27, 29, 34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68,
    ];

    private static ReadOnlySpan<byte> BlocksH =>
    [
        1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25,
        25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81,
    ];

    /// <summary>Blocks, and codewords of error correction in each.</summary>
    internal static (int Blocks, int CheckWords) Of(int version, CorrectionLevel level) => level switch
    {
        CorrectionLevel.L => (BlocksL[version - 1], CheckL[version - 1]),
        CorrectionLevel.M => (BlocksM[version - 1], CheckM[version - 1]),
        CorrectionLevel.Q => (BlocksQ[version - 1], CheckQ[version - 1]),
        _ => (BlocksH[version - 1], CheckH[version - 1]),
    };

    /// <summary>
    /// Wrong codewords of a block that are mended: half its check words, in the smallest symbols some fewer, kept to
    /// tell damage from another text (the table's p).
    /// </summary>
    internal static int Correctable(int version, CorrectionLevel level)
    {
        var kept = (version, level) switch
        {
            (1, CorrectionLevel.L) => 3,
            (1, CorrectionLevel.M) or (2, CorrectionLevel.L) => 2,
            (1, _) or (3, CorrectionLevel.L) => 1,
            _ => 0,
        };
        return (Of(version, level).CheckWords - kept) / 2;
    }
}
