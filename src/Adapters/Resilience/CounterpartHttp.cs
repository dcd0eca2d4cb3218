using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Ecert.Adapters.Resilience;

/// <summary>
/// The one way an adapter calls out: timeouts, repetition of calls that change nothing, and a circuit breaker shared by
/// all calls of the adapter instance. Never throws for what the network does; only the caller's cancellation gets
/// through.
/// </summary>
internal sealed class CounterpartHttp
{
    private readonly HttpClient _http;
    private readonly ResilienceOptions _options;
    private readonly ResiliencePipeline<CounterpartReply> _once;
    private readonly ResiliencePipeline<CounterpartReply> _repeatable;
    private readonly ResiliencePipeline<CounterpartReply> _download;

    public CounterpartHttp(HttpClient http, ResilienceOptions options, TimeProvider time)
    {
        (_http, _options) = (http, options);
        var breaker = new ResiliencePipelineBuilder<CounterpartReply> { TimeProvider = time }
            .AddCircuitBreaker(Breaker(options))
            .Build();
        _once = Pipeline(options.AttemptTimeout, repeats: 0);
        _repeatable = Pipeline(options.AttemptTimeout, options.Repeats);
        _download = Pipeline(options.DownloadTimeout, options.Repeats);

        ResiliencePipeline<CounterpartReply> Pipeline(TimeSpan timeout, int repeats)
        {
            var builder = new ResiliencePipelineBuilder<CounterpartReply> { TimeProvider = time };
            if (repeats > 0)
                builder.AddRetry(Retry(repeats, options.RepeatDelay));
            return builder.AddPipeline(breaker).AddTimeout(timeout).Build();
        }
    }

    /// <summary>Makes the call.</summary>
    /// <param name="kind">Whether it may be repeated.</param>
    /// <param name="request">
    /// Makes the request, anew for every attempt: timestamp, nonce and signature are its own.
    /// </param>
    /// <param name="ct">The caller's cancellation.</param>
    public async Task<CounterpartReply> SendAsync(CallKind kind, Func<HttpRequestMessage> request, CancellationToken ct)
    {
        var pipeline = kind switch
        {
            CallKind.Once => _once,
            CallKind.Repeatable => _repeatable,
            _ => _download,
        };
        var limit = kind == CallKind.Download ? _options.DownloadLimit : _options.AnswerLimit;
        try
        {
            return await pipeline.ExecuteAsync(token => AttemptAsync(request, limit, token), ct);
        }
        catch (TimeoutRejectedException)
        {
            return new CounterpartReply.Lost("No answer in time.");
        }
        catch (BrokenCircuitException)
        {
            return new CounterpartReply.Lost("Not called: too many calls failed just now.");
        }
    }

    private async ValueTask<CounterpartReply> AttemptAsync(
        Func<HttpRequestMessage> make, int limit, CancellationToken ct)
    {
        try
        {
            using var request = make();
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            var body = await ReadAsync(response.Content, limit, ct);
            return body is null
                ? new CounterpartReply.Lost($"The answer is larger than {limit} bytes.")
                : new CounterpartReply.Answered((int)response.StatusCode, HeadersOf(response), body);
        }
        catch (HttpRequestException error)
        {
            return new CounterpartReply.Lost($"The connection failed: {error.HttpRequestError}.");
        }
        catch (IOException)
        {
            return new CounterpartReply.Lost("The answer broke off.");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new CounterpartReply.Lost("No answer within the time the HTTP client gives.");
        }
    }

    private static async Task<byte[]?> ReadAsync(HttpContent content, int limit, CancellationToken ct)
    {
        await using var stream = await content.ReadAsStreamAsync(ct);
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        for (var count = await stream.ReadAsync(chunk, ct); count > 0; count = await stream.ReadAsync(chunk, ct))
        {
            if (buffer.Length + count > limit)
                return null;
            buffer.Write(chunk, 0, count);
        }
        return buffer.ToArray();
    }

    private static Dictionary<string, string> HeadersOf(HttpResponseMessage response)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in response.Headers.NonValidated)
            headers[name] = string.Join(",", values);
        return headers;
    }

    private static RetryStrategyOptions<CounterpartReply> Retry(int repeats, TimeSpan delay) => new()
    {
        ShouldHandle = arguments => ValueTask.FromResult(HasFailed(arguments.Outcome)),
        MaxRetryAttempts = repeats,
        BackoffType = DelayBackoffType.Exponential,
        Delay = delay,
    };

    private static CircuitBreakerStrategyOptions<CounterpartReply> Breaker(ResilienceOptions options) => new()
    {
        ShouldHandle = arguments => ValueTask.FromResult(HasFailed(arguments.Outcome)),
        FailureRatio = options.BreakAtFailureRatio,
        MinimumThroughput = options.BreakAtCalls,
        SamplingDuration = options.BreakWindow,
        BreakDuration = options.BreakDuration,
    };

    private static bool HasFailed(Outcome<CounterpartReply> outcome) =>
        outcome is { Exception: TimeoutRejectedException }
            or { Result: CounterpartReply.Lost or CounterpartReply.Answered { Status: >= 500 } };
}
