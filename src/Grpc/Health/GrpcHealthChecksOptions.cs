using System.Collections;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Grpc.AspNetCore.HealthChecks;

/// <summary>Which health checks stand behind which gRPC service.</summary>
public sealed class GrpcHealthChecksOptions
{
    /// <summary>The services known to the health service. The empty name, the whole server, has all checks.</summary>
    public ServiceMappingCollection Services { get; } = [];

    /// <summary>
    /// Whether Check answers from the last periodic run instead of running the checks for every request.
    /// </summary>
    public bool UseHealthChecksCache { get; set; }
}

/// <summary>The services known to the health service.</summary>
public sealed class ServiceMappingCollection : IEnumerable<ServiceMapping>
{
    private readonly Dictionary<string, ServiceMapping> _mappings = new(StringComparer.Ordinal);

    /// <summary>How many there are.</summary>
    public int Count => _mappings.Count;

    /// <summary>Adds a service, or replaces one of this name.</summary>
    /// <param name="name">The service's full name; empty for the server as a whole.</param>
    /// <param name="predicate">Which checks count for it.</param>
    public void Map(string name, Func<HealthCheckMapContext, bool> predicate) =>
        _mappings[name] = new ServiceMapping(name, predicate);

    /// <summary>Removes a service.</summary>
    public bool Remove(string name) => _mappings.Remove(name);

    /// <summary>Removes all services.</summary>
    public void Clear() => _mappings.Clear();

    /// <inheritdoc />
    public IEnumerator<ServiceMapping> GetEnumerator() => _mappings.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>One service and the checks that count for it.</summary>
public sealed class ServiceMapping
{
    /// <summary>A service whose checks a function chooses.</summary>
    public ServiceMapping(string name, Func<HealthCheckMapContext, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(predicate);
        Name = name;
        HealthCheckPredicate = predicate;
    }

    /// <summary>The service's full name.</summary>
    public string Name { get; }

    /// <summary>Which checks count.</summary>
    public Func<HealthCheckMapContext, bool> HealthCheckPredicate { get; }
}

/// <summary>A health check, as a mapping sees it.</summary>
public sealed class HealthCheckMapContext
{
    /// <summary>A check of this name and these tags.</summary>
    public HealthCheckMapContext(string name, IEnumerable<string> tags)
    {
        Name = name;
        Tags = tags;
    }

    /// <summary>The check's name.</summary>
    public string Name { get; }

    /// <summary>The check's tags.</summary>
    public IEnumerable<string> Tags { get; }

    internal static HealthCheckMapContext Of(HealthCheckRegistration check) => new(check.Name, check.Tags);
}
