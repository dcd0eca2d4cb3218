using Grpc.Core;
using Grpc.Tests.Protos;

namespace Grpc.Tests.Fixture;

/// <summary>The service of echo.proto.</summary>
public sealed class EchoService : Echo.EchoBase
{
    public override Task<EchoReply> Unary(EchoRequest request, ServerCallContext context) =>
        Task.FromResult(new EchoReply { Text = request.Text, Data = request.Data });

    public override async Task<EchoReply> Collect(IAsyncStreamReader<EchoRequest> requests, ServerCallContext context)
    {
        var texts = new List<string>();
        await foreach (var request in requests.ReadAllAsync())
            texts.Add(request.Text);
        return new EchoReply { Text = string.Join(',', texts) };
    }

    public override async Task Repeat(
        EchoRequest request, IServerStreamWriter<EchoReply> responses, ServerCallContext context)
    {
        for (var time = 0; time < request.Times; time++)
            await responses.WriteAsync(new EchoReply { Text = $"{request.Text}{time}", Data = request.Data });
    }

    public override async Task Chat(
        IAsyncStreamReader<EchoRequest> requests, IServerStreamWriter<EchoReply> responses, ServerCallContext context)
    {
        await foreach (var request in requests.ReadAllAsync())
            await responses.WriteAsync(new EchoReply { Text = request.Text });
    }
}
