using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ecert.Kernel;
using Ecert.Sandbox.Faults;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.ProvincialCore;

/// <summary>
/// The cores of the provinces: the national institution interface over transport T1, plain JSON with the <c>x-tif-*</c>
/// header signature. That signature covers neither path nor body: it is the real one, and as weak as the real one.
/// </summary>
internal sealed class CoreDoor(IReadOnlyList<ProvincialCoreOptions> cores, TimeProvider clock, RandomSource random)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(300);

    private readonly Dictionary<string, Core> _cores =
        cores.ToDictionary(core => core.Division, core => new Core(core, Transaction.All(core, clock, random)));

    private sealed record Core(ProvincialCoreOptions Options, IReadOnlyList<Transaction> Transactions);

    /// <summary>Maps every transaction under its own path, and all of them under the common one.</summary>
    public void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/provinces/{division}/fsi/api/{service}/{method}", AnswerAsync);
        app.MapPost("/provinces/{division}/mbs-fsi/web/api/fsi/callService", AnswerAsync);
    }

    /// <summary>
    /// An ordered fault: <c>infcode</c> -1, the system error that calls for a reversal, or an HTTP status.
    /// </summary>
    public Task SayFaultAsync(HttpContext context, Fault fault)
    {
        context.Response.StatusCode = fault.Code is null ? fault.Status : StatusCodes.Status200OK;
        var division = context.Request.Path.Value!.Split('/').ElementAtOrDefault(2) ?? "";
        return fault.Code is null
            ? Task.CompletedTask
            : SendAsync(context, Envelope(division, null, new TransactionAnswer.SystemError(fault.Code)));
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var raw = RawRequest.Of(context);
        var division = (string)context.Request.RouteValues["division"]!;
        if (!_cores.TryGetValue(division, out var core))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        if (!IsGenuine(raw.Headers, core.Options))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await SendAsync(context, new JsonObject { ["code"] = 401, ["message"] = "签名验证失败" });
            return;
        }
        var message = Json.ParseObject(raw.Body);
        var service = context.Request.RouteValues["service"] is { } name
            ? $"{name}/{context.Request.RouteValues["method"]}"
            : null;
        var answer = message is null
            ? new TransactionAnswer.Refused("报文不是合法的JSON对象")
            : Answer(core, service, message);
        await SendAsync(context, Envelope(division, message, answer));
    }

    private static TransactionAnswer Answer(Core core, string? service, JsonObject message)
    {
        var head = MessageHead.Read(message, out var fault);
        if (head is null)
            return new TransactionAnswer.Refused(fault);
        var transaction = core.Transactions.FirstOrDefault(known => known.Number == head.Number);
        if (transaction is null || (service is not null && service != transaction.Service))
            return new TransactionAnswer.Refused($"交易编号{head.Number}不支持");
        return transaction.Do(head, message.Child("input") ?? []);
    }

    private bool IsGenuine(IHeaderDictionary headers, ProvincialCoreOptions core)
    {
        var timestamp = headers["x-tif-timestamp"].ToString();
        var nonce = headers["x-tif-nonce"].ToString();
        if (headers["x-tif-paasid"] != core.AccessId || nonce.Length == 0
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(clock.GetUtcNow().ToUnixTimeSeconds() - seconds) > Window.TotalSeconds)
            return false;
        var right = SHA256.HashData(Encoding.UTF8.GetBytes(timestamp + core.Token + nonce + timestamp));
        return CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(headers["x-tif-signature"].ToString().ToLowerInvariant()),
            Encoding.ASCII.GetBytes(Convert.ToHexStringLower(right)));
    }

    private JsonObject Envelope(string division, JsonObject? message, TransactionAnswer answer)
    {
        var now = clock.Beijing();
        var (code, error) = answer switch
        {
            TransactionAnswer.Refused refused => (-2, refused.Text),
            TransactionAnswer.SystemError system => (-1, system.Text),
            _ => (0, ""),
        };
        return new JsonObject
        {
            ["infcode"] = code,
            ["inf_refmsgid"] = $"{division}{now.Digits()}{random.Digits(10)}",
            ["refmsg_time"] = message?.Text("msgid") is { Length: 30 } id ? id[12..26] : now.Digits(),
            ["respond_time"] = now.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture),
            ["err_msg"] = error,
            ["warn_msg"] = "",
            ["cainfo"] = "",
            ["signtype"] = "",
            ["output"] = answer is TransactionAnswer.Done done ? done.Output : null,
        };
    }

    private static async Task SendAsync(HttpContext context, JsonObject answer)
    {
        var body = Json.Bytes(answer);
        context.Response.ContentType = "application/json;charset=UTF-8";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
