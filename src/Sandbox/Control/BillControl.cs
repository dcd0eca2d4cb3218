using System.Text.Json.Nodes;
using Ecert.Sandbox.Faults;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.Control;

/// <summary>Plant differences in the bills.</summary>
internal sealed class BillControl(PlantedDifferences differences, TimeProvider clock)
{
    /// <summary>Maps its endpoints.</summary>
    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/control/bill-differences", ListAsync);
        app.MapPost("/control/bill-differences", Reply.Taking(PlantAsync));
        app.MapDelete("/control/bill-differences", ClearAsync);
    }

    private Task ListAsync(HttpContext context) =>
        Reply.SendAsync(context, new JsonArray([.. differences.All().Select(Describe)]));

    private Task PlantAsync(HttpContext context, JsonObject body)
    {
        if (!Enum.TryParse<DifferenceKind>(body.Text("kind"), ignoreCase: true, out var kind) || !Enum.IsDefined(kind))
            return Reply.RefuseAsync(
                context, 400, "MALFORMED", $"kind is one of {string.Join(", ", Enum.GetNames<DifferenceKind>())}.");
        if (body.Text("counterpart") is not ("wechatpay" or "alipay")
            || body.Text("number") is not { Length: > 0 and <= 64 } number)
            return Reply.RefuseAsync(context, 400, "MALFORMED",
                "counterpart is wechatpay or alipay; number is required.");
        var needsAmount = kind is DifferenceKind.Extra or DifferenceKind.Amount;
        if (needsAmount && body.Whole("amount_fen") is not > 0)
            return Reply.RefuseAsync(context, 400, "MALFORMED", "amount_fen above 0 is required.");
        var planted = new PlantedDifference(
            body.Text("counterpart")!, kind, number, body.Whole("amount_fen") ?? 0, clock.GetUtcNow());
        differences.Add(planted);
        return Reply.SendAsync(context, Describe(planted));
    }

    private Task ClearAsync(HttpContext context)
    {
        differences.Clear();
        return Reply.SendAsync(context, new JsonArray());
    }

    private static JsonNode Describe(PlantedDifference planted) => new JsonObject
    {
        ["counterpart"] = planted.Counterpart,
        ["kind"] = planted.Kind.ToString(),
        ["number"] = planted.Number,
        ["amount_fen"] = planted.Fen,
    };
}
