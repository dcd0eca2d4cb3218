using System.Text;

namespace Ecert.Identity.Activation.Pages;

/// <summary>What surrounds every page: the document, and the headers that keep others' hands off it.</summary>
internal static class PageFrame
{
    /// <summary>The answer with its security headers.</summary>
    /// <param name="words">The language.</param>
    /// <param name="content">What stands in the page's body.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="returnsTo">Where the page's forms may lead outside; null for nowhere.</param>
    public static IResult ToResult(Words words, Markup content, int status, string? returnsTo = null) =>
        new PageResult(Document(words, content).Html, status, returnsTo);

    private static Markup Document(Words words, Markup content) => Markup.Of($"""
        <!doctype html>
        <html lang="{words.Language}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{words.Title}</title>
        <link rel="stylesheet" href="/assets/activation.css">
        </head>
        <body>
        <main>
        {content}
        </main>
        <footer>
        <a href="?lang={words.OtherLanguage}" lang="{words.OtherLanguage}">{words.OtherLanguageName}</a>
        </footer>
        </body>
        </html>
        """);

    private sealed class PageResult(string html, int status, string? returnsTo) : IResult
    {
        public Task ExecuteAsync(HttpContext context)
        {
            var headers = context.Response.Headers;
            headers.CacheControl = "no-store";
            headers.ContentSecurityPolicy =
                $"default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'{Outside()}; "
                + "frame-ancestors 'none'; base-uri 'none'";
            headers.XFrameOptions = "DENY";
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            context.Response.StatusCode = status;
            context.Response.ContentType = "text/html; charset=utf-8";
            return context.Response.WriteAsync(html, Encoding.UTF8, context.RequestAborted);
        }

        // Browsers apply form-action to the redirect after the post as well.
        private string Outside()
        {
            if (returnsTo is null)
                return "";
            var address = new Uri(returnsTo);
            return address.Scheme is "https" or "http"
                ? " " + address.GetLeftPart(UriPartial.Authority)
                : $" {address.Scheme}:";
        }
    }
}
