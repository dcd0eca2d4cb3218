using Ecert.Kernel.Identifiers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecert.Identity.Trust;

/// <summary><c>GET /trust-list</c> and <c>GET /status-list/{division}/{number}</c>: public and cacheable.</summary>
internal sealed class TrustEndpoints(SignedLists lists)
{
    private const string TrustListType = "application/cwt";
    private const string StatusListType = "application/statuslist+cwt";

    /// <summary>Routes the lists.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/trust-list", async (HttpContext context, CancellationToken ct) =>
            Cacheable(context, await lists.TrustListAsync(ct), TrustListType));
        routes.MapGet("/status-list/{division}", (HttpContext context, string division, CancellationToken ct) =>
            StatusListAsync(context, division, 0, ct));
        routes.MapGet("/status-list/{division}/{number:int}", StatusListAsync);
    }

    private async Task<IResult> StatusListAsync(
        HttpContext context, string division, int number, CancellationToken ct)
    {
        if (!DivisionCode.TryParse(division, out var province)
            || await lists.StatusListAsync(province, number, ct) is not { } list)
            return TypedResults.NotFound();
        return Cacheable(context, list, StatusListType);
    }

    private static IResult Cacheable(HttpContext context, byte[] list, string type)
    {
        context.Response.Headers.CacheControl = $"public, max-age={(int)SignedLists.Fresh.TotalSeconds}";
        return TypedResults.Bytes(list, type);
    }
}
