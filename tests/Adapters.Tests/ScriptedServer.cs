using System.Net;

namespace Ecert.Adapters.Tests;

/// <summary>A counterpart whose answers a test writes down; it keeps what it was asked.</summary>
internal sealed class ScriptedServer : HttpMessageHandler
{
    private readonly Queue<Func<RecordedRequest, HttpResponseMessage>> _answers = new();

    public List<RecordedRequest> Requests { get; } = [];

    public ScriptedServer Answers(Func<RecordedRequest, HttpResponseMessage> answer, int times = 1)
    {
        for (var count = 0; count < times; count++)
            _answers.Enqueue(answer);
        return this;
    }

    public ScriptedServer Answers(int status, string body) => Answers(_ => Plain(status, body));

    public ScriptedServer Breaks(int times = 1) =>
        Answers(_ => throw new HttpRequestException(HttpRequestError.ConnectionError, "scripted"), times);

    public HttpClient Client() => new(this);

    public static HttpResponseMessage Plain(int status, string body) =>
        new((HttpStatusCode)status) { Content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(body)) };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(ct);
        var headers = request.Headers.NonValidated.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var contentType = request.Content?.Headers.ContentType?.ToString();
        var recorded = new RecordedRequest(request.Method.Method, request.RequestUri!, headers, contentType, body);
        Requests.Add(recorded);
        return _answers.TryDequeue(out var answer)
            ? answer(recorded)
            : throw new InvalidOperationException($"No answer was written for {recorded.Method} {recorded.Address}.");
    }
}

internal sealed record RecordedRequest(
    string Method, Uri Address, IReadOnlyDictionary<string, string> Headers, string? ContentType, byte[] Body)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Body);
}
