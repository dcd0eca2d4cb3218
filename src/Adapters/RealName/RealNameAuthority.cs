using System.Net.Http.Headers;
using System.Text.Json;
using Ecert.Adapters.Ports;
using Ecert.Adapters.Resilience;
using Ecert.Adapters.Sm;
using Ecert.Kernel.Citizens;

namespace Ecert.Adapters.RealName;

/// <summary>
/// The real-name authority behind the SM2/SM4 envelope. Keeps nothing and tells nothing of whom it asked about.
/// </summary>
public sealed class RealNameAuthority : IRealNameAuthority
{
    private readonly RealNameOptions _options;
    private readonly CounterpartHttp _http;
    private readonly SmEnvelope _envelope;

    /// <summary>Sets up the adapter; nothing is called yet.</summary>
    /// <param name="http">Given by the host; its own timeout should exceed the attempt timeouts.</param>
    /// <param name="options">Our access.</param>
    /// <param name="time">The clock of timestamps.</param>
    /// <exception cref="ArgumentException">A key in the options cannot be read.</exception>
    public RealNameAuthority(HttpClient http, RealNameOptions options, TimeProvider time)
    {
        _options = options;
        _http = new CounterpartHttp(http, options.Resilience, time);
        _envelope = new SmEnvelope(
            options.AppId, options.AppSecret, options.AppPrivateKey, options.PlatformPublicKey, time);
    }

    /// <inheritdoc/>
    public Task<RealNameOutcome> CheckNameAsync(string name, IdentityDocument document, CancellationToken ct) =>
        AskAsync(CallKind.Repeatable, "check", new RealNameQuestion(name, TypeOf(document), document.Number, null), ct);

    /// <summary>As the port says. A face token is good for one check, so the question is asked once.</summary>
    public Task<RealNameOutcome> CheckFaceAsync(
        string name, IdentityDocument document, string faceEvidence, CancellationToken ct) =>
        AskAsync(
            CallKind.Once, "face", new RealNameQuestion(name, TypeOf(document), document.Number, faceEvidence), ct);

    private async Task<RealNameOutcome> AskAsync(
        CallKind kind, string path, RealNameQuestion question, CancellationToken ct)
    {
        var address = new Uri($"{_options.BaseAddress.AbsoluteUri.TrimEnd('/')}/realname/{path}");
        var reply = await _http.SendAsync(kind, () => Request(address, _envelope.Seal(question)), ct);
        return reply is CounterpartReply.Answered { IsSuccess: true } answer
            && _envelope.Open(answer.Body) is SmAnswer.Opened { Code: "0", Data: { } data }
                ? ResultOf(data)
                : RealNameOutcome.Unavailable;
    }

    private static HttpRequestMessage Request(Uri address, byte[] body) => new(HttpMethod.Post, address)
    {
        Content = new ByteArrayContent(body)
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" } },
        },
    };

    private static RealNameOutcome ResultOf(JsonElement data) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty("result", out var result)
            ? CanonicalJson.Bare(result) switch
            {
                "MATCH" => RealNameOutcome.Match,
                "NO_MATCH" => RealNameOutcome.NoMatch,
                _ => RealNameOutcome.Unavailable,
            }
            : RealNameOutcome.Unavailable;

    private static string TypeOf(IdentityDocument document) => document.Kind switch
    {
        IdentityDocumentKind.ResidentId => "01",
        IdentityDocumentKind.ForeignPermanentResidentId => "02",
        IdentityDocumentKind.Passport => "03",
        _ => throw new ArgumentOutOfRangeException(nameof(document), "The authority knows no such kind of document."),
    };

    private sealed record RealNameQuestion(string Name, string IdType, string IdNo, string? FaceToken);
}
