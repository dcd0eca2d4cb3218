using System.Text;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.Faults;

/// <summary>How a counterpart says that it failed, in its own protocol.</summary>
internal delegate Task ErrorVoice(HttpContext context, Fault fault);

/// <summary>Marks a request whose answer is to carry a signature that does not verify.</summary>
internal sealed class SpoiltSignature
{
    /// <summary>True when the answer to this request is to be signed wrongly.</summary>
    public static bool Of(HttpContext context) => context.Features.Get<SpoiltSignature>() is not null;
}

/// <summary>The line every request to a counterpart comes in by, and where the ordered faults strike.</summary>
internal sealed class FaultyLine(FaultList faults, IReadOnlyDictionary<string, ErrorVoice> voices, TimeProvider clock)
{
    /// <summary>Reads the request, lets at most one fault strike, and otherwise passes it on.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var counterpart = context.Request.Path.Value?.Split('/', 3).ElementAtOrDefault(1) ?? "";
        if (!voices.TryGetValue(counterpart, out var voice))
        {
            await next(context);
            return;
        }
        RawRequest raw;
        try
        {
            raw = await RawRequest.ReadAsync(context);
        }
        catch (BadHttpRequestException refused)
        {
            context.Response.StatusCode = refused.StatusCode;
            return;
        }
        var text = Uri.UnescapeDataString(raw.Target + "\n" + Encoding.UTF8.GetString(raw.Body));
        var fault = faults.StrikeRequest(counterpart, text);
        await (fault is null ? next(context) : StrikeAsync(context, next, fault, voice));
    }

    private async Task StrikeAsync(HttpContext context, RequestDelegate next, Fault fault, ErrorVoice voice)
    {
        switch (fault.Kind)
        {
            case FaultKind.Delay:
                await Task.Delay(fault.Delay, clock, context.RequestAborted);
                await next(context);
                break;
            case FaultKind.WrongSignature:
                context.Features.Set(new SpoiltSignature());
                await next(context);
                break;
            case FaultKind.DropBefore:
                context.Abort();
                break;
            case FaultKind.DropAfter:
                await WorkUnansweredAsync(context, next);
                context.Abort();
                break;
            case FaultKind.ErrorAfter:
                await WorkUnansweredAsync(context, next);
                await voice(context, fault);
                break;
            default:
                await voice(context, fault);
                break;
        }
    }

    private static async Task WorkUnansweredAsync(HttpContext context, RequestDelegate next)
    {
        var wire = context.Response.Body;
        context.Response.Body = Stream.Null;
        await next(context);
        context.Response.Body = wire;
        context.Response.Clear();
    }
}
