using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ecert.Sandbox.Faults;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.Billers;

/// <summary>
/// <c>POST /billers/{CompanyId}/agency</c>: checks the agency's HMAC over the raw body, answers under the same key.
/// </summary>
internal sealed class AgencyDoor(IEnumerable<BillerBooks> companies, TimeProvider clock)
{
    private const string SignatureHeader = "X-Agency-Signature";

    private readonly Dictionary<string, BillerBooks> _companies =
        companies.ToDictionary(books => books.Company.CompanyId);

    /// <summary>Maps the one endpoint of every company.</summary>
    public void Map(IEndpointRouteBuilder app) => app.MapPost("/billers/{company}/agency", AnswerAsync);

    /// <summary>The books of a company; null when there is none of that id.</summary>
    public BillerBooks? Books(string company) => _companies.GetValueOrDefault(company);

    /// <summary>Every company's books.</summary>
    public IEnumerable<BillerBooks> All => _companies.Values;

    /// <summary>An ordered fault: HTTP status without code, or the code in a signed answer.</summary>
    public async Task SayFaultAsync(HttpContext context, Fault fault)
    {
        var company = context.Request.Path.Value!.Split('/').ElementAtOrDefault(2) ?? "";
        if (fault.Code is { } code && Books(company) is { } books)
            await SendAsync(context, books.Company, AgencyAnswer.Of(code, "as ordered"));
        else
            context.Response.StatusCode = fault.Status;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var raw = RawRequest.Of(context);
        if (Books((string)context.Request.RouteValues["company"]!) is not { } books)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        if (!IsGenuine(raw, books.Company))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        await SendAsync(context, books.Company, AgencyVerbs.Answer(books, raw.Body, clock));
    }

    private static bool IsGenuine(RawRequest raw, BillerOptions company)
    {
        var said = Encoding.ASCII.GetBytes(raw.Headers[SignatureHeader].ToString());
        var right = Encoding.ASCII.GetBytes(Sign(raw.Body, company));
        return raw.Headers["X-Agency-Id"] == company.AgencyId && CryptographicOperations.FixedTimeEquals(said, right);
    }

    private static string Sign(byte[] body, BillerOptions company) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(company.SharedKey), body));

    private static async Task SendAsync(HttpContext context, BillerOptions company, JsonObject answer)
    {
        var body = Json.Bytes(answer);
        var signed = SpoiltSignature.Of(context) ? [.. body, (byte)' '] : body;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        context.Response.Headers[SignatureHeader] = Sign(signed, company);
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
