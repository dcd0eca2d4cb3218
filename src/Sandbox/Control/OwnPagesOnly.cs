namespace Ecert.Sandbox.Control;

/// <summary>
/// A browser that shows another site may not press buttons here: control requests that come from another origin are
/// refused. Programs send no Origin and are not concerned.
/// </summary>
internal static class OwnPagesOnly
{
    /// <summary>Refuses or passes on.</summary>
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var origin = request.Headers.Origin.ToString();
        var isForeign = origin.Length > 0 && origin != $"{request.Scheme}://{request.Host}";
        return isForeign && request.Path.StartsWithSegments("/control")
            ? Reply.RefuseAsync(context, 403, "FOREIGN_ORIGIN", "Another site may not use the control endpoints.")
            : next(context);
    }
}
