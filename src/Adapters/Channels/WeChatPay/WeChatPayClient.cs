using Ecert.Adapters.Resilience;

namespace Ecert.Adapters.Channels.WeChatPay;

/// <summary>What an API call came to.</summary>
internal abstract record WeChatPayReply
{
    private WeChatPayReply() { }

    /// <summary>A 2xx answer whose signature is right.</summary>
    internal sealed record Done(byte[] Body) : WeChatPayReply;

    /// <summary>An error answer. Those are not signed.</summary>
    internal sealed record Failed(int Status, string Code, string Message) : WeChatPayReply;

    /// <summary>No answer, or one that cannot be verified: never taken for success.</summary>
    internal sealed record NoAnswer(string Why) : WeChatPayReply;
}

/// <summary>Signs, sends and verifies.</summary>
internal sealed class WeChatPayClient(
    WeChatPayOptions options, CounterpartHttp http, WeChatPaySigner signer, WeChatPayKeys keys,
    WeChatPayCertificates certificates, TimeProvider time)
{
    private readonly string? _publicKeyId = options.PlatformKeys
        .FirstOrDefault(key => key.Id.StartsWith(WeChatPayKey.PublicKeyPrefix, StringComparison.Ordinal))?.Id;

    public Task<WeChatPayReply> GetAsync(string path, CancellationToken ct) =>
        CallAsync(CallKind.Repeatable, HttpMethod.Get, path, [], ct);

    public Task<WeChatPayReply> PostAsync<T>(string path, T body, CancellationToken ct) =>
        CallAsync(CallKind.Once, HttpMethod.Post, path, WireJson.Write(body), ct);

    /// <summary>Fetches a file. The request is signed, the answer is not: the caller checks its hash.</summary>
    public async Task<WeChatPayReply> DownloadAsync(Uri address, CancellationToken ct)
    {
        var reply = await http.SendAsync(CallKind.Download, () => Request(HttpMethod.Get, address, []), ct);
        return reply switch
        {
            CounterpartReply.Answered { IsSuccess: true } answer => new WeChatPayReply.Done(answer.Body),
            CounterpartReply.Answered answer => FailedBy(answer),
            CounterpartReply.Lost lost => new WeChatPayReply.NoAnswer(lost.Why),
            _ => throw new InvalidOperationException($"{reply.GetType()} is not a reply."),
        };
    }

    private async Task<WeChatPayReply> CallAsync(
        CallKind kind, HttpMethod method, string path, byte[] body, CancellationToken ct)
    {
        await certificates.RefreshIfDueAsync(ct);
        if (keys.IsEmpty)
            return new WeChatPayReply.NoAnswer("Not called: there is no key to verify the answer with.");
        var address = options.BaseAddress.Append(path);
        return await http.SendAsync(kind, () => Request(method, address, body), ct) switch
        {
            CounterpartReply.Answered { IsSuccess: true } answer => await VerifiedAsync(answer, ct),
            CounterpartReply.Answered answer => FailedBy(answer),
            CounterpartReply.Lost lost => new WeChatPayReply.NoAnswer(lost.Why),
            var other => throw new InvalidOperationException($"{other.GetType()} is not a reply."),
        };
    }

    private async Task<WeChatPayReply> VerifiedAsync(CounterpartReply.Answered answer, CancellationToken ct)
    {
        var refusal = keys.Refusal(answer.Header, answer.Body, time.GetUtcNow());
        if (refusal == WeChatPayRefusals.KeyUnknown && answer.Header("Wechatpay-Serial") is { } serial
            && await certificates.FetchAsync(serial, ct))
            refusal = keys.Refusal(answer.Header, answer.Body, time.GetUtcNow());
        return refusal is null
            ? new WeChatPayReply.Done(answer.Body)
            : new WeChatPayReply.NoAnswer($"The answer's signature was not accepted: {refusal}.");
    }

    private HttpRequestMessage Request(HttpMethod method, Uri address, byte[] body)
    {
        var request = WeChatPayRequests.Signed(signer, method, address, body);
        if (_publicKeyId is not null)
            request.Headers.TryAddWithoutValidation("Wechatpay-Serial", _publicKeyId);
        return request;
    }

    private static WeChatPayReply.Failed FailedBy(CounterpartReply.Answered answer) =>
        WireJson.TryRead<ErrorWire>(answer.Body, out var error) && error.Code is { } code
            ? new(answer.Status, code, error.Message ?? "")
            : new(answer.Status, $"HTTP_{answer.Status}", "The answer carries no error code.");
}
