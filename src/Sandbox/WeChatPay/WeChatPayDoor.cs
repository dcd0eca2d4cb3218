using System.Text.Json.Nodes;
using Ecert.Kernel;
using Ecert.Sandbox.Faults;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.WeChatPay;

/// <summary>What every call passes: verify the signature, do the verb, sign the answer.</summary>
internal sealed class WeChatPayDoor(
    WeChatPayOptions options, PlatformKeys keys, PlatformSignature signature, TimeProvider clock, RandomSource random)
{
    private readonly RequestSignature _requests = new(options.Merchants, clock);

    /// <summary>The endpoint of one verb.</summary>
    public RequestDelegate To(Func<WeChatPayCall, WeChatPayAnswer> verb) => async context =>
    {
        var raw = RawRequest.Of(context);
        try
        {
            var merchant = _requests.Verify(raw);
            var origin = $"{context.Request.Scheme}://{context.Request.Host}";
            var call = new WeChatPayCall(
                merchant, origin, context.Request.RouteValues, context.Request.Query, raw.Body);
            await AnswerAsync(context, verb(call));
        }
        catch (WeChatPayRefusedException refused)
        {
            await RefuseAsync(context, refused.Error);
        }
    };

    /// <summary>An ordered fault in the protocol's own words.</summary>
    public Task SayFaultAsync(HttpContext context, Fault fault)
    {
        var error = WeChatPayError.SystemError with { Status = fault.Status };
        return RefuseAsync(context, fault.Code is { } code ? error with { Code = code } : error);
    }

    private Task AnswerAsync(HttpContext context, WeChatPayAnswer answer) => answer switch
    {
        WeChatPayAnswer.Ok ok => SendAsync(context, 200, Json.Bytes(ok.Body), 0, signed: true),
        WeChatPayAnswer.File file => SendFileAsync(context, file.Content),
        _ => SendAsync(context, 204, [], 0, signed: true),
    };

    private Task RefuseAsync(HttpContext context, WeChatPayError error)
    {
        var body = new JsonObject { ["code"] = error.Code, ["message"] = error.Message };
        if (error.Detail is { } detail)
            body["detail"] = detail();
        return SendAsync(context, error.Status, Json.Bytes(body), error.Number, options.SignErrors);
    }

    private async Task SendAsync(HttpContext context, int status, byte[] body, long number, bool signed)
    {
        var response = context.Response;
        response.StatusCode = status;
        NameRequest(response, number);
        if (signed)
        {
            var key = keys.Named(context.Request.Headers["Wechatpay-Serial"]);
            foreach (var (name, value) in signature.Headers(key, body, SpoiltSignature.Of(context)))
                response.Headers[name] = value;
        }
        if (status == 204)
            return;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, context.RequestAborted);
    }

    private async Task SendFileAsync(HttpContext context, byte[] content)
    {
        NameRequest(context.Response, 0);
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = content.Length;
        await context.Response.Body.WriteAsync(content, context.RequestAborted);
    }

    private void NameRequest(HttpResponse response, long number) =>
        response.Headers["Request-ID"] = $"{Convert.ToHexString(random.Bytes(22))}-{number}";
}
