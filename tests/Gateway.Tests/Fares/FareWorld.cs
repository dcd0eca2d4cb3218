using System.Text;
using System.Text.Json;
using Ecert.Adapters.Ports;
using Ecert.Certificates.RideCodes;
using Ecert.Certificates.Suites;
using Ecert.Fixtures;
using Ecert.Gateway.Edge;
using Ecert.Gateway.Fares;
using Ecert.Gateway.Janitor;
using Ecert.Gateway.Payments;
using Ecert.Gateway.Persons;
using Ecert.Gateway.Storage;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel;
using Ecert.Kernel.Citizens;
using Ecert.Kernel.Identifiers;
using Ecert.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SignatureSuite = Ecert.Certificates.Suites.SignatureSuite;

namespace Ecert.Gateway.Tests.Fares;

/// <summary>The gateway's own parts over real stores, a rider with a wallet, a channel that does as told.</summary>
internal sealed class FareWorld : IAsyncDisposable
{
    public const string Operator = "310100000009";
    public const string Subject = "subject-of-the-rider";
    public const string Certificate = "certificate-of-the-rider";
    public const string Wallet = "wallet-of-the-rider";
    private readonly TemporaryFolder _folder;
    private readonly ServiceProvider _services;
    private int _operations;

    private FareWorld(ServiceCollection services, GatewayOptions options, TemporaryFolder folder)
    {
        (_folder, Options) = (folder, options);
        Channel = new ScriptedChannel(ChannelName.Alipay, Clock) { OnCreate = Pay };
        var ports = new GatewayPorts([Channel], [], [], [], new NoPersonBase(), new HttpClient());
        services.AddLogging().AddGateway(options, ports, Clock, new SeededRandomSource(1179));
        _services = services.BuildServiceProvider();
    }

    public ManualTimeProvider Clock { get; } = new();
    public ScriptedChannel Channel { get; }

    /// <summary>The orders the channel charged at once.</summary>
    public List<ChannelOrder> Charged { get; } = [];
    public GatewayOptions Options { get; }
    public DateTimeOffset Now => Clock.GetUtcNow();
    public Caller.Institution Metro { get; } = new(
        new InstitutionId(Operator), "Metro", InstitutionKind.TransitOperator, DivisionCode.Parse("310100"), NoScopes);
    public Caller.Citizen Rider { get; } = new(new SubjectId(Subject), "app", NoScopes);

    private static HashSet<string> NoScopes => [];

    public static async Task<FareWorld> CreateAsync(bool withRideKeys = true, Money? ceiling = null)
    {
        var folder = new TemporaryFolder();
        var world = new FareWorld(new ServiceCollection(), new GatewayOptions
        {
            GrpcUrl = "", CallbackUrl = "", PublicAddress = "", ServerCertificate = null!, ClientAuthorities = new(),
            Issuer = "https://identity.example", TrustRoot = null!, PolicyFolder = folder.Path,
            PersonalDataKey = new byte[32],
            ConnectionString = $"Data Source={folder.File("gateway.db")};Pooling=False",
            LedgerPath = folder.File("ledger.db"), FareNetworks = [Network],
            RideKeys = withRideKeys ? await RideKeysAsync(ceiling ?? new Money(2_000)) : null,
        }, folder);
        await world.PrepareAsync();
        return world;
    }

    public TService Get<TService>() where TService : notnull => _services.GetRequiredService<TService>();

    public string NewOperation() => $"OPERATION{Interlocked.Increment(ref _operations):00000000000000000}";

    public async Task<Phone> NewPhoneAsync()
    {
        var key = SignatureSuite.Sm2.GenerateKey();
        var response = await Get<IssueRideKey>().RunAsync(
            await RequestAsync(key), Rider, NewOperation(), CancellationToken.None);
        return new Phone(this, key, response);
    }

    public static async Task<IssueRideKeyRequest> RequestAsync(SigningKey key, string requestId = "issue-1") => new()
    {
        RequestId = requestId, CertificateId = Certificate, WalletId = Wallet,
        RiderPublicKey = ByteString.CopyFrom(key.PublicKey.ToCompressed()),
        ProofOfPossession = ByteString.CopyFrom(
            await key.SignAsync(Encoding.UTF8.GetBytes(requestId), CancellationToken.None)),
    };

    public Tap Tap(byte[] code, string station, string? operation = null) => new(
        Operator, code, station, "gate-3", Now.ToTimestamp(), operation ?? NewOperation());

    public Task<TapInResponse> InAsync(byte[] code, string station = "S0", string? operation = null) =>
        Get<TapIn>().RunAsync(Tap(code, station, operation), Metro, CancellationToken.None);

    public Task<TapOutResponse> OutAsync(byte[] code, string station = "S10", string? operation = null) =>
        Get<TapOut>().RunAsync(Tap(code, station, operation), Metro, CancellationToken.None);

    /// <summary>From now on the channel charges nobody.</summary>
    public void RefuseCharges() => Channel.OnCreate = ScriptedChannel.InTurn<ChannelOutcome>(
        new ChannelOutcome.Refused("BUYER_BALANCE_NOT_ENOUGH", "not enough"));

    /// <summary>What the janitor does every second; a failure here fails the test.</summary>
    public async Task SweepAsync()
    {
        foreach (var business in _services.GetServices<IUnfinishedBusiness>())
            foreach (var record in await business.DueAsync(CancellationToken.None))
                await record.ResumeAsync(CancellationToken.None);
    }

    public async Task<IReadOnlyList<Trip>> TripsAsync() => (await Get<ListTrips>().RunAsync(
        new ListTripsRequest { CertificateId = Certificate }, Rider, CancellationToken.None)).Trips;

    /// <summary>What an account holds on its normal side; 0 when it was never posted to.</summary>
    public async Task<long> BalanceAsync(Ecert.Ledger.Account account) =>
        await Get<JournalStore>().Journal.FindAccountAsync(account.Id) is { } state ? state.Available.Fen : 0;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    private static FareNetwork Network { get; } = FareTableTests.Guangzhou(0) with
    {
        OperatorId = Operator,
        Stations = [new("S0", "Zero", 0), new("S10", "Ten", 10_000), new("S30", "Thirty", 30_000)],
    };

    private static async Task<RideKeyOptions> RideKeysAsync(Money ceiling)
    {
        var (authority, issuer) = (SignatureSuite.Sm2.GenerateKey(), SignatureSuite.Sm2.GenerateKey());
        var certificate = await RideIssuerCertificate.CertifyAsync(
            authority, 1, "31010001", 1, new DateOnly(2028, 12, 1), issuer.PublicKey, CancellationToken.None);
        return new RideKeyOptions
        {
            Issuer = new RideKeyIssuer(certificate, issuer), RideCeiling = ceiling,
            AuthorityKeys = new Dictionary<byte, PublicKey> { [1] = authority.PublicKey },
        };
    }

    private Task<ChannelOutcome> Pay(ChannelOrder order)
    {
        Charged.Add(order);
        return Task.FromResult<ChannelOutcome>(Channel.Paid(order.Amount.Fen));
    }

    private async Task PrepareAsync()
    {
        await Get<JournalStore>().OpenAsync(CancellationToken.None);
        await using var db = await Get<IDbContextFactory<GatewayDb>>().CreateDbContextAsync();
        await db.Database.MigrateAsync();
        var cipher = Get<PersonalDataCipher>();
        var person = JsonSerializer.Serialize(
            new { Name = "张三", Kind = IdentityDocumentKind.ResidentId, Number = "11010519491231002X" });
        db.Add(new InsuredPersonRow
        {
            Subject = Subject, CertificateId = Certificate,
            Person = cipher.Protect(person, $"insured_person/{Subject}"),
            PersonNumber = "1", InsuredPlace = "310000", Scheme = "310", PersonType = "11", Version = 0,
        });
        db.Add(new WalletRow
        {
            Id = Wallet, Subject = Subject, Channel = ChannelName.Alipay, LastFour = "5678", BoundAt = Now,
            Agreement = cipher.Protect("agreement-12345678", BindWallet.Place(Wallet)),
        });
        await db.SaveChangesAsync();
    }

    /// <summary>A rider's phone: it has its key and what the issuer gave it, and needs nobody to make a code.</summary>
    internal sealed record Phone(FareWorld World, SigningKey Key, IssueRideKeyResponse Issued)
    {
        public Task<byte[]> CodeAsync(int secondsFromNow = 0) => RideCode.CompleteAsync(
            Issued.RideAuthorisation.Memory, World.Now.AddSeconds(secondsFromNow), Key, CancellationToken.None);
    }

    private sealed class NoPersonBase : IInsuredPersonBase
    {
        public Task<PersonOutcome> FindAsync(string name, IdentityDocument document, CancellationToken ct) =>
            throw new InvalidOperationException("The rider is known here; nobody needs to be asked.");
    }
}
