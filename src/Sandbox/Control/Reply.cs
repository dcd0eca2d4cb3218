using System.Text.Json.Nodes;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.Control;

/// <summary>JSON in and out of the control endpoints.</summary>
internal static class Reply
{
    /// <summary>Sends JSON.</summary>
    public static async Task SendAsync(HttpContext context, JsonNode body, int status = StatusCodes.Status200OK)
    {
        var bytes = Json.Bytes(body);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    /// <summary>Refuses with a reason in UPPER_SNAKE.</summary>
    public static Task RefuseAsync(HttpContext context, int status, string reason, string message) =>
        SendAsync(context, new JsonObject { ["error"] = reason, ["message"] = message }, status);

    /// <summary>No such thing.</summary>
    public static Task MissingAsync(HttpContext context, string what) =>
        RefuseAsync(context, StatusCodes.Status404NotFound, "NOT_FOUND", $"There is no such {what} here.");

    /// <summary>An endpoint that takes a JSON object.</summary>
    public static RequestDelegate Taking(Func<HttpContext, JsonObject, Task> endpoint) => async context =>
    {
        try
        {
            var raw = await RawRequest.ReadAsync(context);
            await (Json.ParseObject(raw.Body) is { } json
                ? endpoint(context, json)
                : RefuseAsync(context, StatusCodes.Status400BadRequest, "NOT_JSON", "The body is not a JSON object."));
        }
        catch (BadHttpRequestException refused)
        {
            context.Response.StatusCode = refused.StatusCode;
        }
    };
}
