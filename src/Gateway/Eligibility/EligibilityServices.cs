namespace Ecert.Gateway.Eligibility;

/// <summary>What the slice is made of.</summary>
internal static class EligibilityServices
{
    public static IServiceCollection AddEligibility(this IServiceCollection services) =>
        services.AddSingleton<CheckEligibility>();
}
