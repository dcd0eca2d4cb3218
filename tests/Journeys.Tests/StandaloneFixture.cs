using Ecert.CertsDev;
using Ecert.Standalone.Composition;
using Ecert.Standalone.Journey;
using Ecert.Standalone.Journey.Actors;
using Ecert.Standalone.Seed;
using Microsoft.Extensions.Logging;

namespace Ecert.Journeys.Tests;

/// <summary>The whole system, started once for all tests of the collection, over real sockets on loopback.</summary>
public sealed class StandaloneFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecert-journeys-").FullName;
    private readonly Lazy<Task<Wallet>> _liMing;

    public StandaloneFixture() => _liMing = new Lazy<Task<Wallet>>(() =>
        new PaymentApp(System, Cast.Sandbox, "wechat")
            .ActivateAsync(Citizens.LiMing, SandboxUsers.LiMingWeChat, default));

    internal RunningSystem System { get; private set; } = null!;
    internal JourneyCast Cast { get; private set; } = null!;
    internal CapturedLog Log { get; } = new();

    /// <summary>A citizen whose certificate is active, activated at the first use.</summary>
    internal Task<Wallet> LiMingAsync() => _liMing.Value;

    public async Task InitializeAsync()
    {
        var chain = DevelopmentChain.Ensure(Path.Combine(_folder, "chain"), TimeProvider.System);
        System = await RunningSystem.StartAsync(Addresses.From(0), chain, _folder, logging =>
        {
            logging.ClearProviders();
            logging.AddProvider(Log);
            logging.SetMinimumLevel(LogLevel.Information);
            logging.AddFilter("Microsoft", LogLevel.Warning);
        }, default);
        Cast = new JourneyCast(System);
    }

    public async Task DisposeAsync()
    {
        Cast.Dispose();
        await System.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

[CollectionDefinition(Name)]
public sealed class StandaloneCollection : ICollectionFixture<StandaloneFixture>
{
    public const string Name = "standalone";
}
