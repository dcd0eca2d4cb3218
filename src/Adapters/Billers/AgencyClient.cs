using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ecert.Adapters.Resilience;

namespace Ecert.Adapters.Billers;

/// <summary>What a call came to: an answer with a right signature, or none.</summary>
internal abstract record AgencyReply
{
    private AgencyReply() { }

    internal sealed record Answer(AgencyAnswer Body) : AgencyReply;

    internal sealed record NoAnswer(string Why) : AgencyReply;
}

/// <summary>Signs, sends and verifies: HMAC-SHA256 over the raw body, both ways.</summary>
internal sealed class AgencyClient(AgencyBillerOptions options, CounterpartHttp http)
{
    private const string SignatureHeader = "X-Agency-Signature";
    private readonly byte[] _key = Encoding.UTF8.GetBytes(options.SharedKey);
    private readonly Uri _address = new(options.BaseAddress.AbsoluteUri.TrimEnd('/') + "/agency");

    public async Task<AgencyReply> CallAsync(CallKind kind, AgencyRequest request, CancellationToken ct)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request, WireJson.AsSpelt);
        return await http.SendAsync(kind, () => Signed(body), ct) switch
        {
            CounterpartReply.Answered { IsSuccess: true } answer => Read(answer),
            CounterpartReply.Answered answer => new AgencyReply.NoAnswer($"The biller answered HTTP {answer.Status}."),
            CounterpartReply.Lost lost => new AgencyReply.NoAnswer(lost.Why),
            var other => throw new InvalidOperationException($"{other.GetType()} is not a reply."),
        };
    }

    private AgencyReply Read(CounterpartReply.Answered answer)
    {
        var expected = Encoding.ASCII.GetBytes(Signature(answer.Body));
        var given = Encoding.ASCII.GetBytes(answer.Header(SignatureHeader) ?? "");
        if (!CryptographicOperations.FixedTimeEquals(expected, given))
            return new AgencyReply.NoAnswer("The answer's signature was not accepted.");
        return WireJson.TryRead<AgencyAnswer>(answer.Body, WireJson.AsSpelt, out var body)
            ? new AgencyReply.Answer(body)
            : new AgencyReply.NoAnswer("The biller's answer is not in its form.");
    }

    private HttpRequestMessage Signed(byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.TryAddWithoutValidation("X-Agency-Id", options.AgencyId);
        request.Headers.TryAddWithoutValidation(SignatureHeader, Signature(body));
        return request;
    }

    private string Signature(byte[] body) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, body));
}
