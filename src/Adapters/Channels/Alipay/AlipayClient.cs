using System.Net.Http.Headers;
using System.Text;
using Ecert.Adapters.Resilience;

namespace Ecert.Adapters.Channels.Alipay;

/// <summary>What a call of the gateway came to.</summary>
internal abstract record AlipayReply
{
    private AlipayReply() { }

    /// <summary>A node whose signature is right. The business code inside says how the call went.</summary>
    internal sealed record Node(byte[] Json, AlipayResult Head) : AlipayReply;

    /// <summary>
    /// An error without a right signature, as the gateway gives when it could not route the call. It is told to the
    /// operators and believed in nothing.
    /// </summary>
    internal sealed record UnsignedError(AlipayResult Head) : AlipayReply;

    /// <summary>No answer, or one that cannot be verified: never taken for success.</summary>
    internal sealed record NoAnswer(string Why) : AlipayReply;
}

/// <summary>The members every answer begins with.</summary>
internal sealed record AlipayResult(string? Code, string? Msg, string? SubCode, string? SubMsg)
{
    public override string ToString() => $"{Code} {SubCode}: {SubMsg ?? Msg}";
}

/// <summary>Signs, sends and verifies. System parameters go in the query, the business content in the form.</summary>
internal sealed class AlipayClient(
    AlipayOptions options, CounterpartHttp http, AlipayTrustStore trust, TimeProvider time)
{
    private readonly AlipaySigningKey _key = AlipaySigningKey.From(options);

    public async Task<AlipayReply> CallAsync<T>(
        CallKind kind, string method, T content, bool isNotified, CancellationToken ct)
    {
        var business = Encoding.UTF8.GetString(WireJson.Write(content));
        return await http.SendAsync(kind, () => Request(method, business, isNotified), ct) switch
        {
            CounterpartReply.Answered answer => await VerifiedAsync(method, answer, ct),
            CounterpartReply.Lost lost => new AlipayReply.NoAnswer(lost.Why),
            var other => throw new InvalidOperationException($"{other.GetType()} is not a reply."),
        };
    }

    /// <summary>Fetches a file from the address a verified answer gave; null when it cannot be had.</summary>
    public async Task<byte[]?> DownloadAsync(Uri address, CancellationToken ct)
    {
        var reply = await http.SendAsync(CallKind.Download, () => new HttpRequestMessage(HttpMethod.Get, address), ct);
        return reply is CounterpartReply.Answered { IsSuccess: true } answer ? answer.Body : null;
    }

    private async Task<AlipayReply> VerifiedAsync(string method, CounterpartReply.Answered answer, CancellationToken ct)
    {
        if (answer.Status != 200)
            return new AlipayReply.NoAnswer($"The gateway answered HTTP {answer.Status}.");
        if (AlipayEnvelope.Read(answer.Body) is not { } envelope
            || !WireJson.TryRead<AlipayResult>(envelope.Node, out var result))
            return new AlipayReply.NoAnswer("The gateway's answer is not in its form.");
        if (!await IsSignedAsync(envelope, ct))
            return envelope.NodeName == "error_response"
                ? new AlipayReply.UnsignedError(result)
                : new AlipayReply.NoAnswer("The answer's signature was not accepted.");
        return envelope.NodeName == NodeNameOf(method) || envelope.NodeName == "error_response"
            ? new AlipayReply.Node(envelope.Node, result)
            : new AlipayReply.NoAnswer("The answer is to another method.");
    }

    private async Task<bool> IsSignedAsync(AlipayEnvelope envelope, CancellationToken ct)
    {
        if (envelope.Sign is null)
            return false;
        if (envelope.CertificateSerial is { } serial && trust.CouldTake(serial))
            await FetchCertificateAsync(serial, ct);
        return trust.Candidates(envelope.CertificateSerial).Any(envelope.IsSignedBy);
    }

    /// <summary>
    /// Asks for a renewed certificate. The answer may be signed with the very certificate asked for, so its own
    /// signature is not looked at: what counts is that the chain leads to our roots and the serial is the one asked
    /// for.
    /// </summary>
    private async Task FetchCertificateAsync(string serial, CancellationToken ct)
    {
        var business = Encoding.UTF8.GetString(WireJson.Write(new RenewedCertificateRequest(serial)));
        var reply = await http.SendAsync(
            CallKind.Repeatable, () => Request("alipay.open.app.alipaycert.download", business, false), ct);
        if (reply is CounterpartReply.Answered { Status: 200 } answer
            && AlipayEnvelope.Read(answer.Body) is { } envelope
            && WireJson.TryRead<RenewedCertificateAnswer>(envelope.Node, out var certificate))
            trust.TryTake(serial, certificate.AlipayCertContent ?? "");
    }

    private HttpRequestMessage Request(string method, string business, bool isNotified)
    {
        var parameters = new Dictionary<string, string>
        {
            ["app_id"] = options.AppId,
            ["method"] = method,
            ["format"] = "JSON",
            ["charset"] = "utf-8",
            ["sign_type"] = _key.SignType,
            ["timestamp"] = BeijingTime.ToSeconds(time.GetUtcNow()),
            ["version"] = "1.0",
            ["notify_url"] = isNotified ? options.NotifyUrl.AbsoluteUri : "",
            ["app_cert_sn"] = trust.AppSerial ?? "",
            ["alipay_root_cert_sn"] = trust.RootSerial ?? "",
        };
        var sign = _key.Sign(AlipayParameters.RequestText(parameters.Append(new("biz_content", business))));
        var query = AlipayParameters.Encode(parameters.Append(new("sign", sign)));
        var form = Encoding.ASCII.GetBytes(AlipayParameters.Encode([new("biz_content", business)]));
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{options.Gateway.AbsoluteUri}?{query}"))
        {
            Content = new ByteArrayContent(form),
        };
        request.Content.Headers.ContentType =
            new MediaTypeHeaderValue("application/x-www-form-urlencoded") { CharSet = "UTF-8" };
        request.Headers.TryAddWithoutValidation("User-Agent", "ecert-gateway");
        return request;
    }

    private static string NodeNameOf(string method) => method.Replace('.', '_') + "_response";
}
