using Microsoft.AspNetCore.Http.Features;

namespace Ecert.Sandbox.Wire;

/// <summary>A request as it came over the wire: signatures are over these very characters and bytes.</summary>
/// <param name="Method">The HTTP method, upper case.</param>
/// <param name="Target">Path and query exactly as received, percent-encoding untouched.</param>
/// <param name="Headers">The headers.</param>
/// <param name="Body">The raw body; empty when there is none.</param>
internal sealed record RawRequest(string Method, string Target, IHeaderDictionary Headers, byte[] Body)
{
    /// <summary>The largest body any stand-in reads, in bytes.</summary>
    public const int LargestBody = 1 << 20;

    /// <summary>The request that <see cref="ReadAsync"/> read earlier in the pipeline.</summary>
    public static RawRequest Of(HttpContext context) => context.Features.GetRequiredFeature<RawRequest>();

    /// <summary>Reads the body once and keeps the request for everything after it in the pipeline.</summary>
    /// <exception cref="BadHttpRequestException">The body is larger than <see cref="LargestBody"/>.</exception>
    public static async Task<RawRequest> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var raw = new RawRequest(context.Request.Method, target, context.Request.Headers, body.ToArray());
        context.Features.Set(raw);
        return raw;
    }
}
