using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Ecert.Sandbox.Tests.Support;

public sealed record Received(IReadOnlyDictionary<string, string> Headers, string ContentType, byte[] Body);

/// <summary>A merchant's callback address: keeps what comes and answers as told.</summary>
public sealed class CallbackReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<Received> _received = Channel.CreateUnbounded<Received>();

    private CallbackReceiver(WebApplication app) => _app = app;

    public int Status { get; set; } = 204;
    public string Answer { get; set; } = "";
    public string Url => _app.Urls.First() + "/notify";

    public static async Task<CallbackReceiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var receiver = new CallbackReceiver(builder.Build());
        receiver._app.MapPost("/notify", receiver.TakeAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>The next callback; fails when none comes in time.</summary>
    public async Task<Received> NextAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await _received.Reader.ReadAsync(patience.Token);
    }

    /// <summary>Whether nothing comes for a while.</summary>
    public async Task<bool> IsQuietAsync()
    {
        await Task.Delay(400);
        return !_received.Reader.TryPeek(out _);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        context.Response.StatusCode = Status;
        if (Answer.Length > 0)
            await context.Response.WriteAsync(Answer);
        await context.Response.CompleteAsync();
        _received.Writer.TryWrite(new Received(headers, context.Request.ContentType ?? "", body.ToArray()));
    }
}
