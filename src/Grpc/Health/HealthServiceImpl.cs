using System.Threading.Channels;
using Grpc.Core;
using Grpc.Health.V1;

namespace Grpc.HealthCheck;

/// <summary>The standard health service, over statuses that the application sets.</summary>
public class HealthServiceImpl : Health.V1.Health.HealthBase
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, HealthCheckResponse.Types.ServingStatus> _statuses =
        new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<Channel<HealthCheckResponse.Types.ServingStatus>>> _watchers =
        new(StringComparer.Ordinal);

    /// <summary>Sets the status of a service and tells those who watch it.</summary>
    /// <param name="service">The service's full name; empty for the server as a whole.</param>
    /// <param name="status">Its status.</param>
    public void SetStatus(string service, HealthCheckResponse.Types.ServingStatus status)
    {
        ArgumentNullException.ThrowIfNull(service);
        lock (_gate)
        {
            if (_statuses.TryGetValue(service, out var present) && present == status)
                return;
            _statuses[service] = status;
            Tell(service, status);
        }
    }

    /// <summary>Forgets a service.</summary>
    public void ClearStatus(string service)
    {
        ArgumentNullException.ThrowIfNull(service);
        lock (_gate)
        {
            if (_statuses.Remove(service))
                Tell(service, HealthCheckResponse.Types.ServingStatus.ServiceUnknown);
        }
    }

    /// <summary>Forgets all services.</summary>
    public void ClearAll()
    {
        lock (_gate)
        {
            foreach (var service in _statuses.Keys.ToArray())
                ClearStatus(service);
        }
    }

    /// <summary>The status of a service.</summary>
    /// <exception cref="RpcException">NOT_FOUND: the service is not known.</exception>
    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        lock (_gate)
        {
            return _statuses.TryGetValue(request.Service, out var status)
                ? Task.FromResult(new HealthCheckResponse { Status = status })
                : throw new RpcException(new Status(StatusCode.NotFound, "The service is not known."));
        }
    }

    /// <summary>The status of a service and its changes, until the client goes.</summary>
    public override async Task Watch(
        HealthCheckRequest request,
        IServerStreamWriter<HealthCheckResponse> responseStream,
        ServerCallContext context)
    {
        // Only the latest status counts for a slow reader.
        var changes = Channel.CreateBounded<HealthCheckResponse.Types.ServingStatus>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        Subscribe(request.Service, changes);
        try
        {
            await foreach (var status in changes.Reader.ReadAllAsync(context.CancellationToken).ConfigureAwait(false))
                await responseStream.WriteAsync(new HealthCheckResponse { Status = status }).ConfigureAwait(false);
        }
        finally
        {
            Unsubscribe(request.Service, changes);
        }
    }

    private void Subscribe(string service, Channel<HealthCheckResponse.Types.ServingStatus> changes)
    {
        lock (_gate)
        {
            if (!_watchers.TryGetValue(service, out var watchers))
                _watchers.Add(service, watchers = []);
            watchers.Add(changes);
            changes.Writer.TryWrite(_statuses.GetValueOrDefault(
                service, HealthCheckResponse.Types.ServingStatus.ServiceUnknown));
        }
    }

    private void Unsubscribe(string service, Channel<HealthCheckResponse.Types.ServingStatus> changes)
    {
        lock (_gate)
        {
            if (_watchers.TryGetValue(service, out var watchers) && watchers.Remove(changes) && watchers.Count == 0)
                _watchers.Remove(service);
        }
    }

    private void Tell(string service, HealthCheckResponse.Types.ServingStatus status)
    {
        foreach (var changes in _watchers.GetValueOrDefault(service, []))
            changes.Writer.TryWrite(status);
    }
}
