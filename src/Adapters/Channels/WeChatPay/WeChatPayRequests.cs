using System.Net.Http.Headers;

namespace Ecert.Adapters.Channels.WeChatPay;

/// <summary>Makes signed HTTP requests.</summary>
internal static class WeChatPayRequests
{
    /// <summary>A request whose body is the very bytes that were signed.</summary>
    public static HttpRequestMessage Signed(WeChatPaySigner signer, HttpMethod method, Uri address, byte[] body)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.TryAddWithoutValidation(
            "Authorization", signer.Authorization(method, address.PathAndQuery, body));
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", "ecert-gateway");
        if (body.Length > 0)
            request.Content = new ByteArrayContent(body)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            };
        return request;
    }

    /// <summary>The address of a path under a base address, whose own path stays in front.</summary>
    public static Uri Append(this Uri baseAddress, string path) => new(baseAddress.AbsoluteUri.TrimEnd('/') + path);
}
