using System.Security.Cryptography.X509Certificates;
using Ecert.Adapters.Ports;
using Ecert.Certificates.Suites;
using Ecert.Certificates.Tests;
using Ecert.Fixtures;
using Ecert.Gateway.Edge;
using Ecert.Gateway.Janitor;
using Ecert.Gateway.Storage;
using Ecert.Insurance;
using Ecert.Kernel;
using Ecert.Kernel.Refusals;
using Ecert.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ecert.Gateway.Tests.Support;

/// <summary>
/// The gateway's own services on files of their own, between scripted counterparts; no hosted service runs, so that
/// nothing happens
/// but what the test calls. <see cref="RestartAsync"/> drops the process and starts it again on the same files.
/// </summary>
internal sealed class TestGateway : IAsyncDisposable
{
    public static readonly TestNation Nation = new(SignatureSuite.Es256);
    private readonly TemporaryFolder _folder = new();
    private readonly SeededRandomSource _random = new(20261102);
    private ServiceProvider _services = null!;

    private TestGateway() => WeChat = new ScriptedChannel(ChannelName.WeChatPay, Clock);

    public ManualTimeProvider Clock { get; } = new();
    public ScriptedChannel WeChat { get; }
    public ScriptedCallback WeChatCallback { get; } = new(ChannelName.WeChatPay);
    public ScriptedStatement WeChatBill { get; } = new(ChannelName.WeChatPay);
    public ScriptedBiller Power { get; } = new("POWER");
    public ScriptedPersonBase PersonBase { get; } = new();
    public FakeIdentity Identity { get; } = new();
    public GatewayOptions Options { get; private set; } = null!;
    public Journal Ledger => Get<Journal>();

    public static async Task<TestGateway> StartAsync(Func<GatewayOptions, GatewayOptions>? change = null)
    {
        var gateway = new TestGateway();
        gateway.Options = (change ?? (options => options))(gateway.StandardOptions());
        gateway.Identity.Serve("/subjects/" + People.Subject, People.Description());
        await gateway.OpenAsync();
        return gateway;
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public string NewId() => _random.NewId(Clock.GetUtcNow());

    public Task<GatewayDb> DbAsync() => Get<IDbContextFactory<GatewayDb>>().CreateDbContextAsync();

    /// <summary>The one row that fits.</summary>
    public async Task<TRow> RowAsync<TRow>(System.Linq.Expressions.Expression<Func<TRow, bool>> fits) where TRow : class
    {
        await using var db = await DbAsync();
        return await db.Set<TRow>().AsNoTracking().SingleAsync(fits);
    }

    public async Task<int> CountAsync<TRow>() where TRow : class
    {
        await using var db = await DbAsync();
        return await db.Set<TRow>().CountAsync();
    }

    /// <summary>Changes rows behind the gateway's back.</summary>
    public async Task ChangeAsync<TRow>(Action<TRow> change) where TRow : class
    {
        await using var db = await DbAsync();
        foreach (var row in await db.Set<TRow>().ToListAsync())
            change(row);
        await db.SaveChangesAsync();
    }

    /// <summary>What an account holds on its own side, in fen; nothing when it was never opened.</summary>
    public async Task<long> PostedAsync(string account) => (await Ledger.FindAccountAsync(account))?.Posted.Fen ?? 0;

    /// <summary>What is reserved against an account, in fen.</summary>
    public async Task<long> HeldAsync(string account) =>
        (await Ledger.FindAccountAsync(account))?.Balances.DebitsPending.Fen ?? 0;

    /// <summary>One round of the janitor.</summary>
    public Task SweepAsync() => _services.GetServices<IHostedService>().OfType<JanitorService>().Single()
        .SweepAsync(CancellationToken.None);

    public async Task RestartAsync()
    {
        await _services.DisposeAsync();
        await OpenAsync();
    }

    /// <summary>The refusal a call ends in, by its code.</summary>
    public static async Task<Refusal> RefusalOfAsync(Func<Task> call) =>
        (await Assert.ThrowsAsync<RefusedException>(call)).Refusal;

    public static async Task RefusedAsync(RefusalReason reason, Func<Task> call) =>
        Assert.Equal(reason.Code, (await RefusalOfAsync(call)).Reason.Code);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    private async Task OpenAsync()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IHostApplicationLifetime, NoLifetime>();
        services.AddGateway(Options, Ports(), Clock, _random);
        _services = services.BuildServiceProvider();
        await _services.GetServices<IHostedService>().OfType<StoreStartup>().Single().StartAsync(
            CancellationToken.None);
    }

    private GatewayPorts Ports() => new(
        [WeChat], [WeChatCallback], [WeChatBill], [Power], PersonBase, new HttpClient(Identity, disposeHandler: false));

    private GatewayOptions StandardOptions() => new()
    {
        GrpcUrl = "https://127.0.0.1:0", CallbackUrl = "http://127.0.0.1:0",
            PublicAddress = "https://gateway.example:7443",
        ServerCertificate = Nation.Signer, ClientAuthorities = [Nation.Root], Issuer = FakeIdentity.Issuer,
        TrustRoot = new X509Certificate2Collection(Nation.Root)[0], LedgerPath = _folder.File("ledger.db"),
        ConnectionString = $"Data Source={_folder.File("gateway.db")};Pooling=False",
        PolicyFolder = PolicyPacks.BesideTheBinary, PersonalDataKey = new SeededRandomSource(1).Bytes(32),
        Provinces = ["130000"],
        Institutions =
        [
            new RegisteredInstitution("H13010200001", "第一医院", InstitutionKind.Hospital, "130102", 2),
            new RegisteredInstitution("H13010200002", "第二医院", InstitutionKind.Hospital, "130102", 2),
        ],
        Billers = [new RegisteredBiller("POWER", "国网冀北", "Power", "electricity", "130100", "户号", "[0-9]{10}")],
    };

    private sealed class NoLifetime : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => default;
        public CancellationToken ApplicationStopping => default;
        public CancellationToken ApplicationStopped => default;
        public void StopApplication() { }
    }
}
