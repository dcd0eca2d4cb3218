using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Ecert.Kernel;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.Alipay;

/// <summary><c>alipay.data.dataservice.bill.downloadurl.query</c> and the download it leads to.</summary>
internal sealed class BillMethods(BillEntries entries, AlipayOptions options, TimeProvider clock, RandomSource random)
{
    /// <summary>Where the download lives.</summary>
    public const string DownloadPath = "/alipay/bill/download";

    private static readonly TimeSpan ReadyAt = TimeSpan.FromHours(24 + 9);
    private static readonly TimeSpan LinkLives = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Download> _downloads = new();

    private sealed record Download(byte[] Content, string FileName, DateTimeOffset Until);

    public JsonObject DownloadUrl(AlipayCall call)
    {
        var kind = call.Business.Optional("bill_type", 32) ?? throw AlipayError.BillArguments.Thrown();
        if (kind != "trade")
            throw AlipayError.BillKindUnknown.Thrown();
        if (!DateOnly.TryParseExact(
            call.Business.Optional("bill_date", 15), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var day))
            throw AlipayError.BillArguments.Thrown();
        var now = clock.GetUtcNow();
        var isReady = options.BillsReadyAtOnce ? day <= now.BeijingDay() : now >= day.BeginsAt() + ReadyAt;
        if (!isReady)
            throw AlipayError.BillNotExist.Thrown();
        var bill = new TradeBillFile(call.App, day, options.FeeRate, now);
        var trades = entries.Of(call.App);
        var token = Convert.ToHexStringLower(random.Bytes(24));
        _downloads[token] = new Download(
            bill.Write(trades), $"{call.App.SellerId}_{day.Digits()}.csv.zip", now + LinkLives);
        var node = new JsonObject { ["bill_download_url"] = $"{call.Origin}{DownloadPath}?token={token}" };
        if (!bill.HasRows(trades))
            node["bill_file_code"] = "EMPTY_DATA_WITH_BILL_FILE";
        return node;
    }

    /// <summary>Sends the ZIP; 404 once the link is 30 seconds old.</summary>
    public async Task DownloadAsync(HttpContext context)
    {
        if (!_downloads.TryGetValue(context.Request.Query["token"].ToString(), out var download)
            || clock.GetUtcNow() >= download.Until)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        context.Response.ContentType = "application/octet-stream";
        context.Response.Headers.ContentDisposition = $"attachment; filename={download.FileName}";
        context.Response.ContentLength = download.Content.Length;
        await context.Response.Body.WriteAsync(download.Content, context.RequestAborted);
    }
}
