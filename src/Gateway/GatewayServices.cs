using Ecert.Adapters.Ports;
using Ecert.Gateway.Bills;
using Ecert.Gateway.Books;
using Ecert.Gateway.Certificates;
using Ecert.Gateway.Edge;
using Ecert.Gateway.Eligibility;
using Ecert.Gateway.Fares;
using Ecert.Gateway.Janitor;
using Ecert.Gateway.Payments;
using Ecert.Gateway.Persons;
using Ecert.Gateway.Reconciliation;
using Ecert.Gateway.Reimbursement;
using Ecert.Gateway.Storage;
using Ecert.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Ecert.Gateway;

/// <summary>What the gateway is made of. Everything is a singleton: state lives in the stores.</summary>
internal static class GatewayServices
{
    public static void AddGateway(this IServiceCollection services, GatewayOptions options, GatewayPorts ports,
        TimeProvider clock, RandomSource random)
    {
        services.AddSingleton(options).AddSingleton(clock).AddSingleton(random).AddSingleton(ports.Identity)
            .AddSingleton(ports.InsuredPersonBase);
        foreach (var channel in ports.Channels)
            services.AddSingleton(channel);
        foreach (var statement in ports.Statements)
            services.AddSingleton(statement);
        foreach (var biller in ports.Billers)
            services.AddSingleton(biller);
        services.AddStores(options, random).AddEdge().AddSlices();
        services.AddGrpc(grpc => grpc.Interceptors.Add<EdgeInterceptor>());
        services.AddGrpcHealthChecks();
        services.AddGrpcReflection();
    }

    private static IServiceCollection AddStores(
        this IServiceCollection services, GatewayOptions options, RandomSource random)
    {
        services.AddPooledDbContextFactory<GatewayDb>(db => db
            .UseSqlite(options.ConnectionString)
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning)));
        // First of the hosted services: the others find the stores ready.
        services.AddHostedService<StoreStartup>();
        return services.AddSingleton<JournalStore>()
            .AddSingleton(provider => provider.GetRequiredService<JournalStore>().Journal)
            .AddSingleton(new PersonalDataCipher(options.PersonalDataKey, random))
            .AddSingleton<SharedState>().AddSingleton<ChangeFeed>()
            .AddHosted<BooksUpkeep>().AddSingleton<SettlementBookings>().AddSingleton<PersonalAccounts>()
            .AddSingleton<CollectionBookings>();
    }

    private static IServiceCollection AddEdge(this IServiceCollection services) => services
        .AddSingleton<EdgeInterceptor>().AddSingleton<EdgeSteps>().AddSingleton<PartyStep>().AddSingleton<TokenStep>()
        .AddSingleton<PermissionStep>().AddSingleton<QuotaStep>().AddSingleton<IdempotencyStep>()
        .AddSingleton<AuditStep>()
        .AddSingleton<AccessTokens>().AddSingleton<DPoPProofs>()
        .AddHosted<AuditTrail>();

    private static void AddSlices(this IServiceCollection services)
    {
        services.AddSingleton<SubjectDirectory>().AddSingleton<InsuredPersons>().AddSingleton<Vouchers>();
        services.AddHosted<TrustMaterial>().AddSingleton<PresentationDesk>().AddSingleton<EcTokens>()
            .AddSingleton<DecodePresentation>().AddSingleton<VerifyPresentation>().AddSingleton<GetTrustList>()
            .AddSingleton<CertificateRegistry>().AddHosted<StatusChangeFeed>().AddSingleton<CertificateDesk>()
            .AddSingleton<OneTimeCodeDesk>().AddSingleton<GetCertificate>().AddSingleton<SuspendCertificate>()
            .AddSingleton<RevokeCertificate>().AddSingleton<WatchRevocations>();
        services.AddSingleton<ChannelCalls>().AddSingleton<PurposeNotices>().AddSingleton<PaymentRefunds>()
            .AddSingleton<PaymentOrders>().AddSingleton<Callbacks>().AddSingleton<GetPayment>()
            .AddSingleton<WatchPayment>()
            .AddSingleton<BindWallet>().AddSingleton<ListWallets>()
            .AddSingleton<IUnfinishedBusiness, UnfinishedPayments>();
        services.AddReimbursement().AddEligibility().AddBills().AddFares().AddReconciliation();
        services.AddHostedService<JanitorService>();
    }

    /// <summary>A background service that verbs use too.</summary>
    internal static IServiceCollection AddHosted<TService>(this IServiceCollection services)
        where TService : class, IHostedService => services
        .AddSingleton<TService>().AddHostedService(provider => provider.GetRequiredService<TService>());
}
