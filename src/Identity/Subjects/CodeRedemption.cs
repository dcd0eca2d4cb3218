using Ecert.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Identity.Subjects;

/// <summary>
/// <c>POST /one-time-code/redeem</c> with <c>code</c> and <c>spender</c>: whose code is it? For the gateway alone. The
/// database spends it, so that it is good once in all replicas; the same spender asking again is told again.
/// </summary>
internal sealed class CodeRedemption(
    IDbContextFactory<IdentityDatabase> databases, DataVault vault, CertificateFacts facts, TimeProvider clock)
{
    private const int LongestSpender = 64;

    /// <summary>Routes the redemption.</summary>
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/one-time-code/redeem", HandleAsync).AddEndpointFilter<ForGatewayOnly>();

    private async Task<IResult> HandleAsync(HttpContext context, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        var body = await JsonBody.ReadAsync(context, ct);
        if (body?.Text("code") is not { } code
            || body.Value.Text("spender") is not { Length: > 0 and <= LongestSpender } by)
            return TypedResults.BadRequest(new { error = "invalid_request" });
        return await RedeemAsync(vault.Index(CodePurpose, code), by, ct);
    }

    /// <summary>What keyed hashes of codes are for.</summary>
    public const string CodePurpose = "one-time code";

    private async Task<IResult> RedeemAsync(byte[] hash, string spender, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(ct);
        var codes = database.OneTimeCodes.Where(row => row.CodeHash == hash);
        var spent = await codes
            .Where(row => row.SpentAt == null && row.ReplacedAt == null && row.ExpiresAt > now)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.SpentAt, now).SetProperty(row => row.SpentBy, spender), ct);
        var known = await codes.AsNoTracking().SingleOrDefaultAsync(ct);
        if (known is null)
            return TypedResults.Conflict(new { error = "code_unknown" });
        if (spent == 0 && known.SpentBy != spender)
            return TypedResults.Conflict(new { error = known.SpentAt is null ? "code_lapsed" : "code_spent" });
        return TypedResults.Json(await facts.DescribeAsync(database, known.CertificateId, ct));
    }
}
