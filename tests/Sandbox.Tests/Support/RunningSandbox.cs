using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Ecert.Fixtures;
using Ecert.Kernel;
using Ecert.Sandbox.Development;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ecert.Sandbox.Tests.Support;

/// <summary>A Sandbox on a free loopback port with a clock set by hand, and a receiver of callbacks.</summary>
public sealed class RunningSandbox : IAsyncDisposable
{
    // Keys are slow to make and the same for every test.
    public static readonly DevelopmentParties Parties =
        DevelopmentParties.Create(new ManualTimeProvider(), RandomSource.System);

    private readonly WebApplication _app;

    private RunningSandbox(WebApplication app, ManualTimeProvider clock, CallbackReceiver receiver)
    {
        (_app, Clock, Receiver) = (app, clock, receiver);
        Base = app.Urls.First();
        Http = new HttpClient { BaseAddress = new Uri(Base) };
    }

    public ManualTimeProvider Clock { get; }
    public CallbackReceiver Receiver { get; }
    public string Base { get; }
    public HttpClient Http { get; }

    public static async Task<RunningSandbox> StartAsync(
        Func<SandboxOptions, SandboxOptions>? change = null, DateTimeOffset? now = null)
    {
        var clock = now is { } start ? new ManualTimeProvider(start) : new ManualTimeProvider();
        var options = Parties.ToOptions();
        var app = SandboxHost.Create(change?.Invoke(options) ?? options, clock, new SeededRandomSource(7));
        await app.StartAsync();
        return new RunningSandbox(app, clock, await CallbackReceiver.StartAsync());
    }

    public T Service<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Posts to a control endpoint and reads the JSON answer.</summary>
    public async Task<JsonObject> ControlAsync(string path, object body)
    {
        using var response = await Http.PostAsJsonAsync(path, body);
        var answer = await response.Content.ReadFromJsonAsync<JsonObject>();
        Assert.True(response.IsSuccessStatusCode, answer?.ToJsonString());
        return answer!;
    }

    public async Task<JsonArray> ControlAsync(string path) =>
        (await Http.GetFromJsonAsync<JsonArray>(path))!;

    /// <summary>Waits until every callback was tried at least once and none is on the wire.</summary>
    public async Task AtRestAsync()
    {
        for (var look = 0; look < 200; look++)
        {
            var deliveries = await ControlAsync("/control/callbacks");
            if (deliveries.All(one => (string)one!["state"]! != "Sending" && (one["attempts"]!.AsArray().Count > 0)))
                return;
            await Task.Delay(50);
        }
        Assert.Fail("Callbacks did not come to rest.");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Receiver.DisposeAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
