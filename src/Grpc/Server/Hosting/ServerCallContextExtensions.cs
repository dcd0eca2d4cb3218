using Grpc.AspNetCore.Server.Internal;
using Microsoft.AspNetCore.Http;

namespace Grpc.Core;

/// <summary>From a call to the request that carries it.</summary>
public static class ServerCallContextExtensions
{
    private const string UserStateKey = "__HttpContext";

    /// <summary>The HTTP request of a call.</summary>
    /// <exception cref="InvalidOperationException">The call is not served by ASP.NET Core.</exception>
    public static HttpContext GetHttpContext(this ServerCallContext serverCallContext)
    {
        ArgumentNullException.ThrowIfNull(serverCallContext);
        if (serverCallContext is HttpContextServerCallContext served)
            return served.HttpContext;
        // Contexts made by tests carry theirs in the user state.
        if (serverCallContext.UserState.TryGetValue(UserStateKey, out var state) && state is HttpContext http)
            return http;
        throw new InvalidOperationException("The call is not served by ASP.NET Core, so it has no HttpContext.");
    }
}
