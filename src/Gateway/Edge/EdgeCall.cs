using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Grpc.Core;

namespace Ecert.Gateway.Edge;

/// <summary>One call on its way through the edge: what the steps found out so far.</summary>
internal sealed class EdgeCall(ServerCallContext context, IMessage? request)
{
    private const string CallKey = "ecert.edge.call";

    public ServerCallContext Context { get; } = context;

    /// <summary>The full method name, <c>/ecert.v1.Service/Method</c>.</summary>
    public string Method { get; } = context.Method;

    /// <summary>The request of a unary or server-streaming call; null where messages are still to come.</summary>
    public IMessage? Request { get; } = request;

    public CancellationToken Ct => Context.CancellationToken;

    /// <summary>The validated client certificate of the TLS session, if any.</summary>
    public X509Certificate2? ClientCertificate { get; set; }

    /// <summary>The registered institution the client certificate names, if any.</summary>
    public InstitutionRow? Institution { get; set; }

    public Caller Caller { get; set; } = new Caller.Anyone();

    /// <summary>
    /// The identifier of the business operation this call starts. Stable over every repeat of the same request id, so
    /// that a repeat after a crash finds what the first try made.
    /// </summary>
    public string OperationId { get; set; } = "";

    /// <summary>The stored answer of the first call with this request id, serialised.</summary>
    public byte[]? FirstAnswer { get; set; }

    /// <summary>Makes the call findable from the verb.</summary>
    public void Attach() => Context.UserState[CallKey] = this;

    /// <summary>The edge's view of the call a verb is serving.</summary>
    public static EdgeCall Of(ServerCallContext context) => (EdgeCall)context.UserState[CallKey];
}
