using System.Text.Json.Nodes;
using Ecert.Kernel;
using Ecert.Sandbox.Callbacks;
using Ecert.Sandbox.Faults;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.Control;

/// <summary>Order faults, and look after callbacks.</summary>
internal sealed class FaultControl(FaultList faults, CallbackSender callbacks, TimeProvider clock, RandomSource random)
{
    private static readonly string[] Counterparts = ["wechatpay", "alipay", "billers", "provinces", "realname"];

    /// <summary>Maps its endpoints.</summary>
    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/control/faults", context => Reply.SendAsync(
            context, new JsonArray([.. faults.Pending().Select(Describe)])));
        app.MapPost("/control/faults", Reply.Taking(OrderAsync));
        app.MapDelete("/control/faults", ClearAsync);
        app.MapGet("/control/callbacks", context => Reply.SendAsync(
            context, new JsonArray([.. callbacks.List(Describe)])));
        app.MapPost("/control/callbacks/{id}/resend", ResendAsync);
    }

    private Task OrderAsync(HttpContext context, JsonObject body)
    {
        if (!Enum.TryParse<FaultKind>((body.Text("kind") ?? "").Replace("_", ""), ignoreCase: true, out var kind)
            || !Enum.IsDefined(kind))
            return Reply.RefuseAsync(
                context, 400, "MALFORMED", $"kind is one of {string.Join(", ", Enum.GetNames<FaultKind>())}.");
        if (!Counterparts.Contains(body.Text("counterpart")))
            return Reply.RefuseAsync(
                context, 400, "MALFORMED", $"counterpart is one of {string.Join(", ", Counterparts)}.");
        var times = body.Whole("times") ?? 1;
        var delay = body.Whole("delay_ms") ?? 0;
        var status = body.Whole("status") ?? 500;
        if (times is < 1 or > 1_000_000 || delay is < 0 or > 600_000 || status is < 200 or > 599)
            return Reply.RefuseAsync(
                context, 400, "MALFORMED", "times is 1 to 1000000, delay_ms 0 to 600000, status 200 to 599.");
        var fault = new Fault(
            random.NewId(clock.GetUtcNow()), kind, body.Text("counterpart")!, body.Text("contains") ?? "", (int)times,
            TimeSpan.FromMilliseconds(delay), (int)status, body.Text("code"));
        faults.Add(fault);
        return Reply.SendAsync(context, Describe(fault));
    }

    private Task ClearAsync(HttpContext context)
    {
        faults.Clear();
        return Reply.SendAsync(context, new JsonArray());
    }

    private Task ResendAsync(HttpContext context) => callbacks.Resend((string)context.Request.RouteValues["id"]!)
        ? Reply.SendAsync(context, new JsonObject { ["state"] = "Waiting" })
        : Reply.MissingAsync(context, "callback at rest");

    private static JsonNode Describe(Fault fault) => new JsonObject
    {
        ["id"] = fault.Id,
        ["kind"] = fault.Kind.ToString(),
        ["counterpart"] = fault.Counterpart,
        ["contains"] = fault.Contains,
        ["times"] = fault.Times,
        ["delay_ms"] = (long)fault.Delay.TotalMilliseconds,
        ["status"] = fault.Status,
        ["code"] = fault.Code,
    };

    private static JsonNode Describe(Delivery delivery) => new JsonObject
    {
        ["id"] = delivery.Callback.Id,
        ["counterpart"] = delivery.Callback.Counterpart,
        ["about"] = delivery.Callback.About,
        ["target"] = delivery.Callback.Target.ToString(),
        ["state"] = delivery.State.ToString(),
        ["due_at"] = delivery.DueAt.Rfc3339(),
        ["attempts"] = new JsonArray([.. delivery.Attempts.Select(attempt => (JsonNode)new JsonObject
        {
            ["at"] = attempt.At.Rfc3339(),
            ["answer"] = attempt.Answer,
        })]),
    };
}
