using System.IO.Compression;
using System.Text;
using Ecert.Adapters.Ports;
using Ecert.Kernel;

namespace Ecert.Adapters.Channels.Alipay;

/// <summary>
/// Reads a trade bill: a ZIP of a detail file and a summary, both CSV in GBK, with comment lines from <c>#</c> and
/// cells padded with blanks and tabs. The detail is known by its header, columns are found by name.
/// </summary>
internal static class AlipayBill
{
    private const int SizeLimit = 256 * 1024 * 1024;
    private const string TradeNumber = "支付宝交易号";

    /// <exception cref="StatementFailedException">The file is not of that form.</exception>
    public static IReadOnlyList<StatementLine> Read(byte[] zip)
    {
        try
        {
            using var archive = new ZipArchive(
                new MemoryStream(zip), ZipArchiveMode.Read, leaveOpen: false, ChineseText.Gbk);
            return archive.Entries.Select(Lines).FirstOrDefault(lines => HeaderOf(lines) >= 0) is { } detail
                ? ReadDetail(detail)
                : throw new StatementFailedException("The bill has no file of details.");
        }
        catch (Exception error) when (error is InvalidDataException or DecoderFallbackException)
        {
            throw new StatementFailedException("The bill is no ZIP of GBK text.");
        }
    }

    private static string[] Lines(ZipArchiveEntry entry)
    {
        using var packed = entry.Open();
        using var text = new MemoryStream();
        var chunk = new byte[64 * 1024];
        // The size an entry states is the sender's word; what counts is what comes out.
        for (var count = packed.Read(chunk); count > 0; count = packed.Read(chunk))
        {
            if (text.Length + count > SizeLimit)
                throw new StatementFailedException($"The bill is larger than {SizeLimit} bytes.");
            text.Write(chunk, 0, count);
        }
        return ChineseText.Gbk.GetString(text.GetBuffer(), 0, (int)text.Length).Split('\n');
    }

    private static int HeaderOf(string[] lines) =>
        Array.FindIndex(lines, line => line.TrimStart('#').StartsWith(TradeNumber, StringComparison.Ordinal));

    private static List<StatementLine> ReadDetail(string[] lines)
    {
        var header = HeaderOf(lines);
        var columns = new BillColumns(Cells(lines[header]));
        return lines.Select((text, index) => (Text: text.Trim(), Number: index + 1))
            .Skip(header + 1)
            .Where(line => line.Text.Length > 0 && line.Text[0] != '#')
            .Select(line => ReadRow(columns, Cells(line.Text), line.Number))
            .ToList();
    }

    private static StatementLine ReadRow(BillColumns columns, List<string> cells, int line)
    {
        var kind = columns.Cell(cells, line, "业务类型");
        var trade = columns.Cell(cells, line, TradeNumber);
        if (!Money.TryParseYuan(columns.Cell(cells, line, "订单金额（元）", "订单金额(元)"), out var amount))
            throw new StatementFailedException($"Line {line} of the bill has no amount.");
        return kind switch
        {
            "交易" => new StatementLine(columns.Cell(cells, line, "商户订单号"), trade, amount, kind),
            "退款" => new StatementLine(
                columns.Cell(cells, line, "退款批次号/请求号"), trade, amount.IsNegative ? amount : -amount, kind),
            _ => throw new StatementFailedException($"Line {line} of the bill has the unknown kind {kind}."),
        };
    }

    /// <summary>Cells as RFC 4180 has them: quoted ones may hold commas and doubled quotes.</summary>
    private static List<string> Cells(string line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        foreach (var letter in line)
        {
            if (letter == '"')
                isQuoted = !isQuoted;
            else if (letter == ',' && !isQuoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
                cell.Append(letter);
        }
        cells.Add(cell.ToString());
        return cells;
    }
}
