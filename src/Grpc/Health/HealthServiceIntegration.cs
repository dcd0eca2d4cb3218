using Grpc.Core;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Grpc.AspNetCore.HealthChecks.Internal;

/// <summary>
/// The health service over the application's health checks: Check runs them, Watch follows their periodic runs.
/// </summary>
internal sealed class HealthServiceIntegration(
    HealthServiceImpl statuses, HealthCheckService checks, IOptions<GrpcHealthChecksOptions> options)
    : Health.V1.Health.HealthBase
{
    public override async Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        if (options.Value.UseHealthChecksCache)
            return await statuses.Check(request, context).ConfigureAwait(false);
        var mapping = options.Value.Services.FirstOrDefault(service => service.Name == request.Service)
            ?? throw new RpcException(new Status(StatusCode.NotFound, "The service is not known."));
        return new HealthCheckResponse { Status = await RunAsync(mapping, context).ConfigureAwait(false) };
    }

    public override async Task Watch(
        HealthCheckRequest request,
        IServerStreamWriter<HealthCheckResponse> responseStream,
        ServerCallContext context)
    {
        // A watcher is told the truth at once, not what the last periodic run found.
        var mapping = options.Value.Services.FirstOrDefault(service => service.Name == request.Service);
        if (mapping is not null)
            statuses.SetStatus(request.Service, await RunAsync(mapping, context).ConfigureAwait(false));
        await statuses.Watch(request, responseStream, context).ConfigureAwait(false);
    }

    private async Task<HealthCheckResponse.Types.ServingStatus> RunAsync(
        ServiceMapping mapping, ServerCallContext context)
    {
        var report = await checks.CheckHealthAsync(
            check => mapping.HealthCheckPredicate(HealthCheckMapContext.Of(check)), context.CancellationToken)
            .ConfigureAwait(false);
        return GrpcHealthChecksPublisher.StatusOf(report.Status);
    }
}

/// <summary>Hands the results of periodic health checks to those who watch.</summary>
internal sealed class GrpcHealthChecksPublisher(
    HealthServiceImpl statuses,
    IOptions<GrpcHealthChecksOptions> options,
    IOptions<HealthCheckServiceOptions> checks)
    : IHealthCheckPublisher
{
    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        var registrations = checks.Value.Registrations.ToDictionary(check => check.Name, StringComparer.Ordinal);
        foreach (var mapping in options.Value.Services)
        {
            var worst = report.Entries
                .Where(entry => registrations.TryGetValue(entry.Key, out var check)
                    && mapping.HealthCheckPredicate(HealthCheckMapContext.Of(check)))
                .Select(entry => entry.Value.Status)
                .DefaultIfEmpty(HealthStatus.Healthy)
                .Min();
            statuses.SetStatus(mapping.Name, StatusOf(worst));
        }
        return Task.CompletedTask;
    }

    public static HealthCheckResponse.Types.ServingStatus StatusOf(HealthStatus status) =>
        status == HealthStatus.Unhealthy
            ? HealthCheckResponse.Types.ServingStatus.NotServing
            : HealthCheckResponse.Types.ServingStatus.Serving;
}
