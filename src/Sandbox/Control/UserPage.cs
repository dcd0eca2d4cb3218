namespace Ecert.Sandbox.Control;

/// <summary>The page on which a person is the user: everything on it goes through the control endpoints.</summary>
internal static class UserPage
{
    /// <summary>Maps <c>/</c>.</summary>
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/", async context =>
    {
        await using var page = typeof(UserPage)
            .Assembly.GetManifestResourceStream("Ecert.Sandbox.Control.UserPage.html")
            ?? throw new InvalidOperationException("The page is not in the assembly.");
        context.Response.ContentType = "text/html; charset=utf-8";
        await page.CopyToAsync(context.Response.Body, context.RequestAborted);
    });
}
