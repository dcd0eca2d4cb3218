using System.Globalization;

namespace Ecert.Gateway.Edge;

/// <summary>
/// Gives a call that came without a deadline the server's own, before the transport reads it: so there is one mechanism
/// that ends late calls, whoever set the limit. Standing calls (<c>Watch…</c>) get a longer one.
/// </summary>
internal static class DefaultDeadline
{
    private const string Header = "grpc-timeout";

    public static void UseDefaultDeadline(this IApplicationBuilder app, GatewayOptions options) => app.Use(
        (http, next) =>
    {
        var headers = http.Request.Headers;
        if (!headers.ContainsKey(Header)
            && http.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) == true)
        {
            var limit = http.Request.Path.Value?.Contains("/Watch", StringComparison.Ordinal) == true
                ? options.DefaultWatchDeadline
                : options.DefaultDeadline;
            headers[Header] = ((long)limit.TotalMilliseconds).ToString(CultureInfo.InvariantCulture) + "m";
        }
        return next(http);
    });
}
