using System.Globalization;
using Ecert.Adapters.Ports;
using Ecert.Kernel;

namespace Ecert.Adapters.Billers;

/// <summary>
/// Reads the daily file: first <c>count|total</c>, then one line a write-off,
/// <c>date|TranSeq|MerchantSeq|BillKey|amount|SubChannel|type</c>.
/// </summary>
internal static class AgencyDailyFile
{
    /// <exception cref="StatementFailedException">A line is malformed, or count or total do not agree.</exception>
    public static IReadOnlyList<StatementLine> Read(string content)
    {
        var lines = content.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var head = lines.FirstOrDefault("").Split('|');
        if (head.Length != 2
            || !int.TryParse(head[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || !Money.TryParseYuan(head[1], out var total))
            throw new StatementFailedException("The daily file lacks its first line, count|total.");
        var rows = lines.Skip(1).Select(ReadRow).ToList();
        return rows.Count == count && Money.Sum(rows.Select(row => row.Amount)) == total
            ? rows
            : throw new StatementFailedException("The daily file's count or total is not that of its lines.");
    }

    private static StatementLine ReadRow(string line, int index)
    {
        var cells = line.Split('|');
        return cells.Length == 7 && Money.TryParseYuan(cells[4], out var amount)
            ? new StatementLine(cells[2], cells[1], amount, cells[6])
            : throw new StatementFailedException($"Line {index + 2} of the daily file is malformed.");
    }
}
