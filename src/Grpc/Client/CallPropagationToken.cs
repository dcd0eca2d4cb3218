using Grpc.Core;

namespace Grpc.Net.Client.Internal;

/// <summary>The deadline and the cancellation of a server call, for the calls made on its behalf.</summary>
internal sealed class CallPropagationToken(DateTime deadline, CancellationToken cancellationToken)
    : ContextPropagationToken
{
    public DateTime Deadline => deadline;

    public CancellationToken CancellationToken => cancellationToken;
}
