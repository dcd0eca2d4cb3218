using Ecert.Adapters.Resilience;

namespace Ecert.Adapters.Tests.Resilience;

public sealed class CounterpartHttpTests
{
    private readonly ScriptedServer _server = new();

    private readonly ResilienceOptions _options = new()
    {
        RepeatDelay = TimeSpan.Zero,
        BreakAtCalls = 4,
        BreakDuration = TimeSpan.FromMilliseconds(500),
    };

    [Fact]
    public async Task Repeatable_call_is_repeated_after_a_lost_answer_and_after_5xx()
    {
        _server.Breaks().Answers(503, "busy").Answers(200, "fine");
        var reply = await Http().SendAsync(CallKind.Repeatable, Request, default);
        Assert.Equal(200, Assert.IsType<CounterpartReply.Answered>(reply).Status);
        Assert.Equal(3, _server.Requests.Count);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(404)]
    public async Task Refusal_is_not_repeated(int status)
    {
        _server.Answers(status, "no");
        var reply = await Http().SendAsync(CallKind.Repeatable, Request, default);
        Assert.Equal(status, Assert.IsType<CounterpartReply.Answered>(reply).Status);
    }

    [Fact]
    public async Task Call_that_changes_something_is_made_once()
    {
        _server.Breaks();
        Assert.IsType<CounterpartReply.Lost>(await Http().SendAsync(CallKind.Once, Request, default));
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task Slow_answer_is_lost()
    {
        var slow = new HttpClient(new SlowHandler());
        var http = new CounterpartHttp(
            slow, _options with { AttemptTimeout = TimeSpan.FromMilliseconds(50) }, TimeProvider.System);
        Assert.IsType<CounterpartReply.Lost>(await http.SendAsync(CallKind.Once, Request, default));
    }

    [Fact]
    public async Task Time_limit_of_the_client_itself_is_a_lost_answer_too()
    {
        var slow = new HttpClient(new SlowHandler()) { Timeout = TimeSpan.FromMilliseconds(50) };
        var http = new CounterpartHttp(slow, _options, TimeProvider.System);
        Assert.IsType<CounterpartReply.Lost>(await http.SendAsync(CallKind.Once, Request, default));
    }

    [Fact]
    public async Task Callers_cancellation_gets_through()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Http().SendAsync(CallKind.Repeatable, Request, cancelled.Token));
    }

    [Fact]
    public async Task Answer_beyond_the_limit_is_lost()
    {
        _server.Answers(200, new string('x', 101));
        var http = new CounterpartHttp(_server.Client(), _options with { AnswerLimit = 100 }, TimeProvider.System);
        Assert.Contains("100 bytes", Assert.IsType<CounterpartReply.Lost>(
            await http.SendAsync(CallKind.Once, Request, default)).Why);
    }

    [Fact]
    public async Task Circuit_opens_after_failures_and_closes_after_a_success()
    {
        var http = Http();
        _server.Breaks(4);
        for (var call = 0; call < 4; call++)
            await http.SendAsync(CallKind.Once, Request, default);
        var refused = Assert.IsType<CounterpartReply.Lost>(await http.SendAsync(CallKind.Once, Request, default));
        Assert.StartsWith("Not called", refused.Why);
        Assert.Equal(4, _server.Requests.Count);

        await Task.Delay(700);
        _server.Answers(200, "fine");
        Assert.IsType<CounterpartReply.Answered>(await http.SendAsync(CallKind.Once, Request, default));
    }

    private CounterpartHttp Http() => new(_server.Client(), _options, TimeProvider.System);

    private static HttpRequestMessage Request() => new(HttpMethod.Get, "https://counterpart.example/");

    private sealed class SlowHandler : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
        {
            await Task.Delay(TimeSpan.FromSeconds(30), ct);
            return new HttpResponseMessage();
        }
    }
}
