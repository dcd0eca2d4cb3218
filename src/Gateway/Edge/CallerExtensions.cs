using Grpc.Core;

namespace Ecert.Gateway.Edge;

/// <summary>How a verb learns who is calling; the permission table has already limited the kinds.</summary>
internal static class CallerExtensions
{
    /// <summary>The edge's view of the call.</summary>
    public static EdgeCall Edge(this ServerCallContext context) => EdgeCall.Of(context);

    /// <summary>The calling institution.</summary>
    public static Caller.Institution Institution(this ServerCallContext context) =>
        (Caller.Institution)EdgeCall.Of(context).Caller;

    /// <summary>The calling citizen.</summary>
    public static Caller.Citizen Citizen(this ServerCallContext context) => (Caller.Citizen)EdgeCall.Of(context).Caller;
}
