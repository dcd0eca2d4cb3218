using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Ecert.Kernel;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.WeChatPay;

/// <summary>The trade bill and its download.</summary>
internal sealed class BillVerbs(
    BillEntries entries, WeChatPayOptions options, TimeProvider clock, RandomSource random)
{
    private const int MonthsKept = 3;
    private static readonly TimeSpan ReadyAt = TimeSpan.FromHours(24 + 10);
    private static readonly TimeSpan LinkLives = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Download> _downloads = new();

    private sealed record Download(string MerchantId, byte[] Content, DateTimeOffset Until);

    /// <summary><c>GET /v3/bill/tradebill</c>: the digest of the bill and where to fetch it.</summary>
    public WeChatPayAnswer TradeBill(WeChatPayCall call)
    {
        var day = Day(call);
        var kind = ((string?)call.Query["bill_type"] ?? "ALL") switch
        {
            "ALL" => TradeBillKind.All,
            "SUCCESS" => TradeBillKind.Success,
            "REFUND" => TradeBillKind.Refund,
            _ => throw WeChatPayError.Parameter("query", "bill_type", "不是合法的账单类型").Thrown(),
        };
        var isZipped = (string?)call.Query["tar_type"] switch
        {
            null or "" => false,
            "GZIP" => true,
            _ => throw WeChatPayError.Parameter("query", "tar_type", "仅支持 GZIP").Thrown(),
        };
        MustBeReady(day);
        var bill = TradeBillFile.Write(entries.Of(call.Merchant), day, kind, options.FeeRate, clock.GetUtcNow())
            ?? throw WeChatPayError.NoStatement.Thrown();
        var token = Convert.ToHexStringLower(random.Bytes(24));
        _downloads[token] = new Download(
            call.Merchant.MerchantId, isZipped ? Zip(bill) : bill, clock.GetUtcNow() + LinkLives);
        return new WeChatPayAnswer.Ok(new JsonObject
        {
            ["download_url"] = $"{call.Origin}{WeChatPayRoutes.Base}/v3/billdownload/file?token={token}",
            ["hash_type"] = "SHA1",
            ["hash_value"] = Convert.ToHexStringLower(SHA1.HashData(bill)),
        });
    }

    /// <summary><c>GET /v3/billdownload/file</c>: the bytes, unsigned.</summary>
    public WeChatPayAnswer File(WeChatPayCall call)
    {
        var token = (string?)call.Query["token"] ?? "";
        return _downloads.TryGetValue(token, out var download)
            && download.MerchantId == call.Merchant.MerchantId && clock.GetUtcNow() < download.Until
                ? new WeChatPayAnswer.File(download.Content)
                : throw WeChatPayError.NoStatement.Thrown();
    }

    private static DateOnly Day(WeChatPayCall call) =>
        DateOnly.TryParseExact(
            call.Query["bill_date"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw WeChatPayError.Parameter("query", "bill_date", "格式应为 yyyy-MM-DD").Thrown();

    private void MustBeReady(DateOnly day)
    {
        var now = clock.GetUtcNow();
        var isReady = options.BillsReadyAtOnce ? day <= now.BeijingDay() : now >= day.BeginsAt() + ReadyAt;
        if (!isReady || day < now.BeijingDay().AddMonths(-MonthsKept))
            throw WeChatPayError.NoStatement.Thrown();
    }

    private static byte[] Zip(byte[] content)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Optimal))
            gzip.Write(content);
        return zipped.ToArray();
    }
}
