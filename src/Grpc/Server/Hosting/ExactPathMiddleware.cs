using System.Collections.Frozen;
using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>
/// Finds the endpoint of a gRPC path in a dictionary, ahead of routing, which leaves a request alone that has its
/// endpoint; everything after routing, authorization above all, sees the endpoint as ever. A gRPC call that found no
/// endpoint anywhere is answered UNIMPLEMENTED.
/// </summary>
internal sealed class ExactPathMiddleware
{
    private readonly RequestDelegate _next;
    private readonly EndpointDataSource _source;
    private readonly bool _ignoreUnknown;
    private FrozenDictionary<string, Endpoint>? _endpoints;

    public ExactPathMiddleware(RequestDelegate next, EndpointDataSource source, IOptions<GrpcServiceOptions> options)
    {
        _next = next;
        _source = source;
        _ignoreUnknown = options.Value.IgnoreUnknownServices ?? false;
        ChangeToken.OnChange(source.GetChangeToken, () => Volatile.Write(ref _endpoints, null));
    }

    public Task InvokeAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || http.Request.Path.Value is not { } path)
            return _next(http);
        var endpoints = Volatile.Read(ref _endpoints) ?? Collect();
        if (endpoints.TryGetValue(path, out var endpoint))
        {
            http.SetEndpoint(endpoint);
            return _next(http);
        }
        return !_ignoreUnknown && GrpcProtocol.IsGrpcContentType(http.Request.ContentType)
            ? AnswerUnknownAsync(http)
            : _next(http);
    }

    private async Task AnswerUnknownAsync(HttpContext http)
    {
        await _next(http).ConfigureAwait(false);
        var response = http.Response;
        var found = http.GetEndpoint() is not null || response.StatusCode != StatusCodes.Status404NotFound;
        if (!found && !response.HasStarted)
            RequestGate.AnswerUnimplemented(http);
    }

    /// <summary>Endpoints tied to a host are left to routing, which knows how to choose among them.</summary>
    private FrozenDictionary<string, Endpoint> Collect()
    {
        var found = new Dictionary<string, Endpoint>(StringComparer.Ordinal);
        var ambiguous = new HashSet<string>(StringComparer.Ordinal);
        foreach (var endpoint in _source.Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<GrpcMethodMetadata>() is not { } method)
                continue;
            var path = endpoint.RoutePattern.RawText;
            var tiedToHost = endpoint.Metadata.GetMetadata<IHostMetadata>() is { Hosts.Count: > 0 };
            if (path != method.Method.FullName || tiedToHost)
                continue;
            if (!found.TryAdd(path, endpoint))
                ambiguous.Add(path);
        }
        foreach (var path in ambiguous)
            found.Remove(path);
        var endpoints = found.ToFrozenDictionary(StringComparer.Ordinal);
        if (endpoints.Count > 0)
            Volatile.Write(ref _endpoints, endpoints);
        return endpoints;
    }
}

/// <summary>Puts <see cref="ExactPathMiddleware"/> before everything the application adds itself.</summary>
internal sealed class ExactPathStartupFilter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        if (app.ApplicationServices.GetService<EndpointDataSource>() is not null)
            app.UseMiddleware<ExactPathMiddleware>();
        next(app);
    };
}
