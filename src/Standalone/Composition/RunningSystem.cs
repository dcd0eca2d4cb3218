using Ecert.CertsDev;
using Ecert.Gateway;
using Ecert.Identity;
using Ecert.Kernel;
using Ecert.Sandbox;

namespace Ecert.Standalone.Composition;

/// <summary>The whole system in this process: three servers on loopback that know each other by address only.</summary>
internal sealed class RunningSystem : IAsyncDisposable
{
    private readonly List<WebApplication> _servers = [];
    private readonly List<IDisposable> _clients = [];

    private RunningSystem(Addresses addresses, DevelopmentChain chain, ShiftableClock clock, string dataFolder) =>
        (Addresses, Chain, Clock, DataFolder) = (addresses, chain, clock, dataFolder);

    public Addresses Addresses { get; }
    public DevelopmentChain Chain { get; }
    public ShiftableClock Clock { get; }
    public string DataFolder { get; }

    /// <summary>The ledger's file, for the audit that proves the books from their rows.</summary>
    public string LedgerPath => Path.Combine(DataFolder, "ledger.db");

    /// <summary>Starts Sandbox, Identity and Gateway, in this order; when it returns, all three answer.</summary>
    public static async Task<RunningSystem> StartAsync(
        Addresses addresses, DevelopmentChain chain, string dataFolder, Action<ILoggingBuilder> logging,
        CancellationToken ct)
    {
        var system = new RunningSystem(addresses, chain, new ShiftableClock(), dataFolder);
        try
        {
            var keys = SharedKeys.New(RandomSource.System);
            var ports = new CounterpartAdapters(addresses, chain, keys, system.Clock);
            system._clients.Add(ports);
            await system.StartAsync(SandboxHost.Create(
                SandboxParts.Options(addresses, chain, keys), system.Clock, RandomSource.System, logging), ct);
            await system.StartAsync(IdentityHost.Create(
                IdentityParts.Options(addresses, chain, ports, dataFolder), system.Clock, RandomSource.System, logging),
                ct);
            await system.StartAsync(GatewayHost.Create(
                GatewayParts.Options(addresses, chain, dataFolder, await RideKeys.NewAsync(system.Clock, ct)),
                ports.ForGateway(), system.Clock,
                RandomSource.System, logging),
                ct);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Enumerable.Reverse(_servers))
        {
            await server.StopAsync();
            await server.DisposeAsync();
        }
        _clients.ForEach(client => client.Dispose());
    }

    private async Task StartAsync(WebApplication server, CancellationToken ct)
    {
        _servers.Add(server);
        await server.StartAsync(ct);
    }
}
