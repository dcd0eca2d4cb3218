using System.Text.Json.Nodes;
using Ecert.Sandbox.Billers;
using Ecert.Sandbox.RealName;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.Control;

/// <summary>Stand before the camera: a capture's token is good for one face check of that person.</summary>
internal sealed class CitizenControl(RealNameBooks books)
{
    /// <summary>Maps its endpoints.</summary>
    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/control/realname/persons", context => Reply.SendAsync(
            context, new JsonArray([.. books.Persons().Select(person => (JsonNode)new JsonObject
            {
                ["name"] = person.Name,
                ["idType"] = person.DocumentKind,
                ["idNo"] = person.DocumentNumber,
            })])));
        app.MapPost("/control/realname/persons", Reply.Taking(RegisterAsync));
        app.MapPost("/control/realname/faces", Reply.Taking(CaptureAsync));
    }

    private Task RegisterAsync(HttpContext context, JsonObject body)
    {
        if (body.Text("name") is not { Length: > 0 } name || body.Text("idNo") is not { Length: > 0 } number)
            return Reply.RefuseAsync(context, 400, "MALFORMED", "name and idNo are required.");
        books.Register(new RegisteredPerson(name, body.Text("idType") ?? "01", number));
        return Reply.SendAsync(context, new JsonObject { ["registered"] = true });
    }

    private Task CaptureAsync(HttpContext context, JsonObject body) => body.Text("idNo") is { Length: > 0 } number
        ? Reply.SendAsync(context, new JsonObject { ["face_token"] = books.Capture(number) })
        : Reply.RefuseAsync(context, 400, "MALFORMED", "idNo of the person before the camera is required.");
}

/// <summary>See and issue a company's bills.</summary>
internal sealed class BillerControl(AgencyDoor agency)
{
    /// <summary>Maps its endpoints.</summary>
    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/control/billers", context => Reply.SendAsync(
            context, new JsonArray(
                [.. agency.All.SelectMany(books => books.All().Select(row => Describe(books, row)))])));
        app.MapPost("/control/billers/{company}/bills", Reply.Taking(IssueAsync));
    }

    private Task IssueAsync(HttpContext context, JsonObject body)
    {
        if (agency.Books((string)context.Request.RouteValues["company"]!) is not { } books)
            return Reply.MissingAsync(context, "company");
        if (body.Text("customer_number") is not { Length: > 0 and <= 32 } customer
            || body.Text("bill_number") is not { Length: > 0 and <= 32 } number
            || body.Whole("amount_fen") is not { } amount || amount <= 0)
            return Reply.RefuseAsync(
                context, 400, "MALFORMED", "customer_number, bill_number and a positive amount_fen are required.");
        books.Issue(new CustomerBill(
            customer, body.Text("customer_name") ?? "王小明", number, amount, body.Whole("late_fee_fen") ?? 0,
            body.Text("period") ?? "202610"));
        return Reply.SendAsync(context, new JsonObject { ["issued"] = true });
    }

    private static JsonNode Describe(BillerBooks books, (CustomerBill Bill, bool IsPaid) row) => new JsonObject
    {
        ["company"] = books.Company.CompanyId,
        ["company_name"] = books.Company.Name,
        ["customer_number"] = row.Bill.CustomerNumber,
        ["bill_number"] = row.Bill.BillNumber,
        ["amount_fen"] = row.Bill.AmountFen,
        ["period"] = row.Bill.Period,
        ["paid"] = row.IsPaid,
    };
}
