using System.Net;
using System.Net.Http.Headers;

namespace Grpc.Tests.Fixture;

/// <summary>A gRPC request made by hand, so that it may break the rules.</summary>
public sealed class RawCall : IDisposable
{
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler());
    private readonly HttpRequestMessage _request;

    public RawCall(GrpcServer server, string path, string? timeout = null)
    {
        _request = new HttpRequestMessage(HttpMethod.Post, server.Address + path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (timeout is not null)
            _request.Headers.TryAddWithoutValidation("grpc-timeout", timeout);
    }

    public string ContentType { get; set; } = "application/grpc";

    public RawCall With(string header, string value)
    {
        _request.Headers.TryAddWithoutValidation(header, value);
        return this;
    }

    public async Task<Answer> SendAsync(byte[] body, bool thenWait = false, Task? insteadOfReading = null)
    {
        using var done = new CancellationTokenSource();
        _request.Content = new Body(body, thenWait, done.Token);
        _request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType);
        using var response = await _http.SendAsync(_request, CancellationToken.None);
        if (insteadOfReading is not null)
            await insteadOfReading;
        var bytes = insteadOfReading is null ? await response.Content.ReadAsByteArrayAsync() : [];
        await done.CancelAsync();
        return new Answer(
            response.StatusCode,
            Find(response.TrailingHeaders, "grpc-status") ?? Find(response.Headers, "grpc-status"),
            response.Headers.NonValidated.ToDictionary(header => header.Key, header => header.Value.ToString()),
            bytes);
    }

    public void Dispose()
    {
        _request.Dispose();
        _http.Dispose();
    }

    private static string? Find(HttpHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? Assert.Single(values) : null;

    /// <param name="HttpStatus">The HTTP status.</param>
    /// <param name="Status">The gRPC status, of the trailers or the headers.</param>
    /// <param name="Headers">The response headers.</param>
    /// <param name="Bytes">The response body.</param>
    public sealed record Answer(
        HttpStatusCode HttpStatus, string? Status, Dictionary<string, string> Headers, byte[] Bytes);

    private sealed class Body(byte[] bytes, bool thenWait, CancellationToken done) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes, CancellationToken.None);
            await stream.FlushAsync(CancellationToken.None);
            if (thenWait)
                await Task.Delay(Timeout.Infinite, done);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = -1;
            return false;
        }
    }
}
