using Ecert.Gateway.Janitor;
using Ecert.Gateway.Payments;

namespace Ecert.Gateway.Bills;

/// <summary>What the slice is made of.</summary>
internal static class BillServices
{
    public static IServiceCollection AddBills(this IServiceCollection services) => services
        .AddSingleton<ListBillers>().AddSingleton<QueryBill>().AddSingleton<PayBill>().AddSingleton<GetBillPayment>()
        .AddSingleton<WatchBillPayment>().AddSingleton<BillPurpose>()
        .AddSingleton<IPaymentPurpose>(provider => provider.GetRequiredService<BillPurpose>())
        .AddSingleton<IUnfinishedBusiness>(provider => provider.GetRequiredService<BillPurpose>());
}
