using System.Collections.Concurrent;

namespace Ecert.Interop.Tests.OurClient;

/// <summary>Notes the encodings our client names and is answered with, which the public API does not show.</summary>
internal sealed class WireWatch(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    public ConcurrentQueue<string> RequestEncodings { get; } = new();

    public ConcurrentQueue<string> ResponseEncodings { get; } = new();

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        RequestEncodings.Enqueue(Encoding(request.Headers));
        var response = await base.SendAsync(request, cancellationToken);
        ResponseEncodings.Enqueue(Encoding(response.Headers));
        return response;
    }

    private static string Encoding(System.Net.Http.Headers.HttpHeaders headers) =>
        headers.TryGetValues("grpc-encoding", out var values) ? string.Join(",", values) : "identity";
}
