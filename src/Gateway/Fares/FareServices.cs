using Ecert.Gateway.Janitor;
using Ecert.Gateway.Payments;

namespace Ecert.Gateway.Fares;

/// <summary>What the slice is made of.</summary>
internal static class FareServices
{
    public static IServiceCollection AddFares(this IServiceCollection services) => services
        .AddSingleton<IssueRideKey>().AddSingleton<QuoteFare>().AddSingleton<TapDesk>().AddSingleton<TapIn>()
        .AddSingleton<TapOut>().AddSingleton<ListTrips>().AddSingleton<TripPurpose>()
        .AddSingleton<IPaymentPurpose>(provider => provider.GetRequiredService<TripPurpose>())
        .AddSingleton<IUnfinishedBusiness>(provider => provider.GetRequiredService<TripPurpose>());
}
