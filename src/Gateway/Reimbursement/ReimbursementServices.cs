using Ecert.Gateway.Janitor;
using Ecert.Gateway.Payments;

namespace Ecert.Gateway.Reimbursement;

/// <summary>What the slice is made of.</summary>
internal static class ReimbursementServices
{
    public static IServiceCollection AddReimbursement(this IServiceCollection services) => services
        .AddSingleton<Policies>().AddSingleton<VisitSettling>().AddSingleton<SettlementSaga>()
        .AddSingleton<ReversalSaga>()
        .AddSingleton<UploadFees>().AddSingleton<PreSettle>().AddSingleton<Settle>().AddSingleton<ReverseSettlement>()
        .AddSingleton<GetSettlement>().AddSingleton<WatchSettlement>().AddSingleton<SettlementPurpose>()
        .AddSingleton<IPaymentPurpose>(provider => provider.GetRequiredService<SettlementPurpose>())
        .AddSingleton<IUnfinishedBusiness>(provider => provider.GetRequiredService<SettlementPurpose>());
}
