using System.Net;
using System.Net.Http.Headers;

namespace Ecert.Bench.Grpc;

/// <summary>h2load counts every HTTP 200, right or wrong; so each server first has to give the right answer.</summary>
internal static class Preflight
{
    /// <summary>Fails unless the answer is the request's bytes with status OK.</summary>
    public static async Task AssertEchoesAsync(ChildServer server, Request request)
    {
        var answer = await CallAsync(server, request);
        if (!answer.AsSpan().SequenceEqual(request.Body))
            throw new InvalidOperationException($"{server.Name} does not echo: {answer.Length} bytes came back.");
    }

    /// <summary>Fails unless the call ends with status OK.</summary>
    public static Task AssertServesAsync(ChildServer server, Request request) => CallAsync(server, request);

    private static async Task<byte[]> CallAsync(ChildServer server, Request request)
    {
        using var client = new HttpClient();
        var content = new ByteArrayContent(request.Body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        using var message = new HttpRequestMessage(
            HttpMethod.Post, $"{server.Address}/ecert.bench.EchoService/{request.Method}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        message.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        using var response = await client.SendAsync(message);
        var answer = await response.Content.ReadAsByteArrayAsync();
        var status = response.TrailingHeaders.TryGetValues("grpc-status", out var values) ? values.Single() : "none";
        return status == "0"
            ? answer
            : throw new InvalidOperationException($"{server.Name} ended {request.Method} with grpc-status {status}.");
    }
}
