using Grpc.Core;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Grpc.Tests.Fixture;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Grpc.Tests.Services;

public sealed class HealthTests
{
    [Fact]
    public async Task Check_runs_the_checks_of_the_service_asked_for()
    {
        var healthy = false;
        await using var server = await StartAsync(() => healthy);
        var client = new Health.V1.Health.HealthClient(server.Channel());
        Assert.Equal(ServingStatus.NotServing, (await client.CheckAsync(new HealthCheckRequest())).Status);
        Assert.Equal(
            ServingStatus.Serving, (await client.CheckAsync(new HealthCheckRequest { Service = "steady" })).Status);
        healthy = true;
        Assert.Equal(ServingStatus.Serving, (await client.CheckAsync(new HealthCheckRequest())).Status);
    }

    [Fact]
    public async Task Check_of_an_unknown_service_is_not_found()
    {
        await using var server = await StartAsync(() => true);
        var client = new Health.V1.Health.HealthClient(server.Channel());
        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await client.CheckAsync(new HealthCheckRequest { Service = "nobody" }));
        Assert.Equal(StatusCode.NotFound, refusal.StatusCode);
    }

    [Fact]
    public async Task Watch_tells_the_status_and_its_changes_and_unknown_services()
    {
        await using var server = await StartAsync(() => true);
        var client = new Health.V1.Health.HealthClient(server.Channel());
        using var whole = client.Watch(new HealthCheckRequest());
        Assert.True(await whole.ResponseStream.MoveNext());
        Assert.Equal(ServingStatus.Serving, whole.ResponseStream.Current.Status);
        using var later = client.Watch(new HealthCheckRequest { Service = "later" });
        Assert.True(await later.ResponseStream.MoveNext());
        Assert.Equal(ServingStatus.ServiceUnknown, later.ResponseStream.Current.Status);

        var statuses = server.Services.GetRequiredService<HealthServiceImpl>();
        statuses.SetStatus("", ServingStatus.NotServing);
        statuses.SetStatus("later", ServingStatus.Serving);
        Assert.True(await whole.ResponseStream.MoveNext());
        Assert.Equal(ServingStatus.NotServing, whole.ResponseStream.Current.Status);
        Assert.True(await later.ResponseStream.MoveNext());
        Assert.Equal(ServingStatus.Serving, later.ResponseStream.Current.Status);
        statuses.ClearAll();
        Assert.True(await later.ResponseStream.MoveNext());
        Assert.Equal(ServingStatus.ServiceUnknown, later.ResponseStream.Current.Status);
    }

    [Fact]
    public async Task Periodic_results_reach_those_who_watch()
    {
        await using var server = await StartAsync(() => true);
        using var watch = new Health.V1.Health.HealthClient(server.Channel()).Watch(new HealthCheckRequest());
        Assert.True(await watch.ResponseStream.MoveNext());
        var publisher = server.Services.GetServices<IHealthCheckPublisher>().Single();
        await publisher.PublishAsync(Report(HealthStatus.Unhealthy), default);
        Assert.True(await watch.ResponseStream.MoveNext());
        Assert.Equal(ServingStatus.NotServing, watch.ResponseStream.Current.Status);
    }

    private static HealthReport Report(HealthStatus status) => new(
        new Dictionary<string, HealthReportEntry> { ["moody"] = new(status, null, default, null, null) }, default);

    private static Task<GrpcServer> StartAsync(Func<bool> healthy) => GrpcServer.StartAsync(
        app => app.MapGrpcHealthChecksService(),
        services => services
            .AddGrpcHealthChecks(options => options.Services.Map("steady", check => check.Name == "steady"))
            .AddCheck("moody", () => healthy() ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy())
            .AddCheck("steady", () => HealthCheckResult.Degraded()));
}
