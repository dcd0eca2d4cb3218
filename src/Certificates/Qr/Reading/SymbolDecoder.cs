namespace Ecert.Certificates.Qr.Reading;

/// <summary>From modules to text (ISO/IEC 18004, clause 12): format, mask, codewords, correction, segments.</summary>
internal static class SymbolDecoder
{
    private const string Format = "symbol.format";
    private const string Version = "symbol.version";
    private const string Codewords = "symbol.codewords";

    internal static QrReading Read(ModuleGrid modules, SymbolLayout layout)
    {
        if (!SymbolInformation.HasVersion(modules, layout))
            return new QrReading.Unreadable(Version);
        var formats = SymbolInformation.Formats(modules).ToList();
        foreach (var format in formats)
            if (TryMend(modules, layout, format, out var data))
                return SegmentReader.Read(data, layout.Version);
        return new QrReading.Unreadable(formats.Count == 0 ? Format : Codewords);
    }

    /// <summary>Whether no other look at the picture can do better: the codewords stood.</summary>
    internal static bool IsFinal(QrReading reading) => Progress(reading) > 3;

    /// <summary>The one of two failures that got further.</summary>
    internal static QrReading Further(QrReading one, QrReading other) => Progress(other) > Progress(one) ? other : one;

    private static int Progress(QrReading reading) => reading switch
    {
        QrReading.NotFound => 0,
        QrReading.Unreadable { Where: Version } => 1,
        QrReading.Unreadable { Where: Format } => 2,
        QrReading.Unreadable { Where: Codewords } => 3,
        _ => 4,
    };

    private static bool TryMend(ModuleGrid modules, SymbolLayout layout, SymbolFormat format, out byte[] data)
    {
        var words = ReadWords(modules, layout, format.Mask);
        var (blockCount, checkWords) = BlockTable.Of(layout.Version, format.Level);
        var blocks = Deinterleave(words, blockCount, checkWords);
        var most = BlockTable.Correctable(layout.Version, format.Level);
        data = [];
        foreach (var block in blocks)
            if (!ReedSolomon.TryCorrect(block, checkWords, most))
                return false;
        data = [.. blocks.SelectMany(block => block[..^checkWords])];
        return true;
    }

    private static byte[] ReadWords(ModuleGrid modules, SymbolLayout layout, int mask)
    {
        var words = new List<byte>();
        var (word, bits) = (0, 0);
        foreach (var (column, row) in layout.DataModules())
        {
            word = word << 1 | (modules[column, row] != IsMasked(mask, column, row) ? 1 : 0);
            if (++bits < 8)
                continue;
            words.Add((byte)word);
            (word, bits) = (0, 0);
        }
        return [.. words]; // Up to seven modules remain that mean nothing (7.1, remainder bits).
    }

    /// <summary>
    /// The blocks' first data words, their second ones, and so on, then the same of their check words (7.6). The last
    /// blocks may have a data word more than the others.
    /// </summary>
    private static byte[][] Deinterleave(byte[] words, int count, int checkWords)
    {
        var shortBlocks = count - words.Length % count;
        var shortData = words.Length / count - checkWords;
        var blocks = new byte[count][];
        for (var index = 0; index < count; index++)
            blocks[index] = new byte[shortData + checkWords + (index < shortBlocks ? 0 : 1)];
        var next = 0;
        for (var at = 0; at <= shortData; at++)
            for (var index = at < shortData ? 0 : shortBlocks; index < count; index++)
                blocks[index][at] = words[next++];
        for (var at = 0; at < checkWords; at++)
            for (var index = 0; index < count; index++)
                blocks[index][blocks[index].Length - checkWords + at] = words[next++];
        return blocks;
    }

    /// <summary>Table 10.</summary>
    private static bool IsMasked(int mask, int j, int i) => mask switch
    {
        0 => (i + j) % 2 == 0,
        1 => i % 2 == 0,
        2 => j % 3 == 0,
        3 => (i + j) % 3 == 0,
        4 => (i / 2 + j / 3) % 2 == 0,
        5 => i * j % 2 + i * j % 3 == 0,
        6 => (i * j % 2 + i * j % 3) % 2 == 0,
        _ => ((i + j) % 2 + i * j % 3) % 2 == 0,
    };
}
