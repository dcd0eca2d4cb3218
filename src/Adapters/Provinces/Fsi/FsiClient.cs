using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Ecert.Adapters.Resilience;
using Ecert.Kernel;

namespace Ecert.Adapters.Provinces.Fsi;

/// <summary>
/// Sends messages: plain JSON with a signature in headers (<c>x-tif-…</c>). A repetition is the same message with the
/// same number under a header of its own.
/// </summary>
internal sealed class FsiClient(FsiOptions options, CounterpartHttp http, TimeProvider time, RandomSource random)
{
    private readonly FsiEnvelope _envelope = new(options, time);
    private readonly FsiMessageNumbers _numbers = new(options, time);

    public async Task<FsiReply> CallAsync<TInput, TOutput>(
        CallKind kind, FsiTransaction transaction, string signNumber, TInput input, CancellationToken ct)
        where TOutput : class
    {
        var body = _envelope.Write(transaction.Infno, _numbers.Next(), signNumber, insuredPlace: "", input);
        return await http.SendAsync(kind, () => Request(transaction.Path, body), ct) switch
        {
            CounterpartReply.Answered { IsSuccess: true } answer => FsiEnvelope.Read<TOutput>(answer.Body),
            CounterpartReply.Answered answer => new FsiReply.NoAnswer($"The core answered HTTP {answer.Status}."),
            CounterpartReply.Lost lost => new FsiReply.NoAnswer(lost.Why),
            var other => throw new InvalidOperationException($"{other.GetType()} is not a reply."),
        };
    }

    private HttpRequestMessage Request(string path, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, options.BaseAddress.AbsoluteUri.TrimEnd('/') + path)
        {
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        if (options.Signature == FsiSignature.Tif)
            Sign(request.Headers);
        return request;
    }

    private void Sign(HttpRequestHeaders headers)
    {
        var now = time.GetUtcNow();
        var timestamp = options.TimestampUnit == FsiTimestampUnit.Seconds
            ? $"{now.ToUnixTimeSeconds()}"
            : $"{now.ToUnixTimeMilliseconds()}";
        var nonce = new Guid(random.Bytes(16)).ToString();
        var text = Encoding.UTF8.GetBytes(timestamp + options.Token + nonce + timestamp);
        headers.TryAddWithoutValidation("x-tif-paasid", options.CallerId);
        headers.TryAddWithoutValidation("x-tif-timestamp", timestamp);
        headers.TryAddWithoutValidation("x-tif-nonce", nonce);
        headers.TryAddWithoutValidation("x-tif-signature", Convert.ToHexStringLower(SHA256.HashData(text)));
    }
}

/// <summary>A transaction of the interface: its number and where it is posted.</summary>
/// <param name="Infno">The four-digit number.</param>
/// <param name="Path">The path under the base address.</param>
internal sealed record FsiTransaction(string Infno, string Path);
