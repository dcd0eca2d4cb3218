using System.Globalization;
using System.Text;
using Ecert.Adapters.Ports;
using Ecert.Kernel;

namespace Ecert.Adapters.Channels.WeChatPay;

/// <summary>
/// Reads a trade bill of kind ALL: UTF-8 with a byte-order mark, a header, rows whose every cell begins with a
/// back-tick, and a two-line summary. Columns are found by name: their order is not promised.
/// </summary>
internal static class WeChatPayBill
{
    /// <exception cref="StatementFailedException">
    /// The file is not of that form, or its summary counts other rows.
    /// </exception>
    public static IReadOnlyList<StatementLine> Read(ReadOnlySpan<byte> file)
    {
        var lines = Encoding.UTF8.GetString(file).TrimStart('\uFEFF')
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length < 3 || !lines[^1].StartsWith('`') || lines[^2].StartsWith('`'))
            throw new StatementFailedException("The bill lacks its header or its summary.");
        var columns = new BillColumns(lines[0].Split(','));
        var rows = lines[1..^2].Select((line, index) => ReadRow(columns, Cells(line), index + 2)).ToList();
        var summary = new BillColumns(lines[^2].Split(','));
        var count = summary.Cell(Cells(lines[^1]), lines.Length, "总交易单数");
        return int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var counted)
            && counted == rows.Count
                ? rows
                : throw new StatementFailedException($"The bill has {rows.Count} rows and its summary counts {count}.");
    }

    private static StatementLine ReadRow(BillColumns columns, string[] cells, int line)
    {
        // REVOKED is an order taken back whole; its row carries the refund's columns like any refund.
        var state = Cell("交易状态");
        return state switch
        {
            "SUCCESS" => new StatementLine(Cell("商户订单号"), Cell("微信订单号"), Amount("订单金额", "应结订单金额"), state),
            "REFUND" or "REVOKED" => new StatementLine(
                Cell("商户退款单号"), Cell("微信退款单号"), -Amount("申请退款金额", "退款金额"), Cell("退款状态")),
            _ => throw new StatementFailedException($"Line {line} of the bill has the unknown state {state}."),
        };

        string Cell(params string[] names) => columns.Cell(cells, line, names);

        Money Amount(params string[] names) => Money.TryParseYuan(Cell(names), out var money)
            ? money
            : throw new StatementFailedException($"Line {line} of the bill has no amount in {names[0]}.");
    }

    /// <summary>A comma inside a cell does not split it: only one before a back-tick does.</summary>
    private static string[] Cells(string line) => line.TrimStart('`').Split(",`");
}
