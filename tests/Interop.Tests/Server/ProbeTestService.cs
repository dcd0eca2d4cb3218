using Ecert.Interop.Testing;
using Google.Protobuf;
using Grpc.Core;

namespace Ecert.Interop.Tests.Server;

/// <summary>Shows the raw tests what a handler sees, and misbehaves to order.</summary>
internal sealed class ProbeTestService(HandlerCount handlers) : ProbeService.ProbeServiceBase
{
    public const string Secret = "the text of an inner exception";

    public override Task<SeenMetadata> ShowMetadata(ProbeRequest request, ServerCallContext context)
    {
        using var running = handlers.Enter();
        var seen = new SeenMetadata();
        seen.Entries.AddRange(context.RequestHeaders.Select(entry => new SeenEntry
        {
            Name = entry.Key,
            Value = ByteString.CopyFrom(entry.ValueBytes),
        }));
        return Task.FromResult(seen);
    }

    public override async Task IgnoreCancellation(
        ProbeRequest request, IServerStreamWriter<ProbeAnswer> responses, ServerCallContext context)
    {
        using var running = handlers.Enter();
        await Task.Delay(request.WorkMs, CancellationToken.None);
        await responses.WriteAsync(new ProbeAnswer { Note = "done" });
    }

    public override async Task<ProbeAnswer> AwaitCancellation(
        IAsyncStreamReader<ProbeRequest> requests, ServerCallContext context)
    {
        using var running = handlers.Enter();
        var cancelled = new TaskCompletionSource();
        await using var registration = context.CancellationToken.Register(cancelled.SetResult);
        await cancelled.Task;
        handlers.NoteCancellation();
        return new ProbeAnswer { Note = "cancelled" };
    }

    public override Task<ProbeAnswer> Fail(ProbeRequest request, ServerCallContext context)
    {
        using var running = handlers.Enter();
        throw new InvalidOperationException(Secret);
    }
}
