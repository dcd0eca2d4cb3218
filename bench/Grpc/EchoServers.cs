using System.Buffers;
using System.Globalization;
using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ecert.Bench.Grpc;

/// <summary>The two .NET servers of the comparison. Each runs in a process of its own, prints its ports and ends with
/// its standard input.</summary>
internal static class EchoServers
{
    /// <summary>Messages in a stream of the benchmark.</summary>
    public const int StreamLength = 100;

    public static Task RunOursAsync() => RunAsync(
        services => services.AddGrpc(), app => app.MapGrpcService<EchoTestService>());

    /// <summary>The least Kestrel can do for the same bytes: no routing, no framing, no parsing.</summary>
    public static Task RunBareAsync() => RunAsync(_ => { }, app => app.Run(EchoBodyAsync));

    private static async Task RunAsync(Action<IServiceCollection> addServices, Action<WebApplication> addEcho)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        addServices(builder.Services);
        await using var app = builder.Build();
        app.UseWhen(
            context => context.Request.Protocol == HttpProtocol.Http11,
            side => side.Run(context => context.Response.WriteAsync(
                GC.GetTotalAllocatedBytes(precise: true).ToString(CultureInfo.InvariantCulture))));
        addEcho(app);
        await app.StartAsync();
        Console.WriteLine("ports " + string.Join(' ', app.Urls.Select(address => new Uri(address).Port)));
        await Console.In.ReadToEndAsync();
    }

    private static async Task EchoBodyAsync(HttpContext context)
    {
        context.Response.ContentType = "application/grpc";
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync();
            foreach (var segment in read.Buffer)
                context.Response.BodyWriter.Write(segment.Span);
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                break;
        }

        context.Response.AppendTrailer("grpc-status", "0");
    }
}

/// <summary>The gRPC service under test.</summary>
internal sealed class EchoTestService : EchoService.EchoServiceBase
{
    public override Task<EchoMessage> Unary(EchoMessage request, ServerCallContext context) => Task.FromResult(request);

    public override async Task ServerStream(
        EchoMessage request, IServerStreamWriter<EchoMessage> responses, ServerCallContext context)
    {
        for (var i = 0; i < EchoServers.StreamLength; i++)
            await responses.WriteAsync(request);
    }

    public override async Task<EchoMessage> ClientStream(
        IAsyncStreamReader<EchoMessage> requests, ServerCallContext context)
    {
        var last = new EchoMessage();
        while (await requests.MoveNext(context.CancellationToken))
            last = requests.Current;
        return last;
    }

    public override async Task Duplex(
        IAsyncStreamReader<EchoMessage> requests, IServerStreamWriter<EchoMessage> responses, ServerCallContext context)
    {
        while (await requests.MoveNext(context.CancellationToken))
            await responses.WriteAsync(requests.Current);
    }
}
