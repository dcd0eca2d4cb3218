namespace Ecert.Gateway.Reconciliation;

/// <summary>What the slice is made of.</summary>
internal static class ReconciliationServices
{
    public static IServiceCollection AddReconciliation(this IServiceCollection services) => services
        .AddSingleton<Counterparts>().AddSingleton<ReconcileDay>().AddSingleton<GetDailyStatement>()
        .AddSingleton<ListDifferences>()
        .AddHostedService<DailyReconciliation>();
}
