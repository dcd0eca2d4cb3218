namespace Ecert.Gateway.Fares;

/// <summary>What the slice is made of.</summary>
internal static class FareServices
{
    public static IServiceCollection AddFares(this IServiceCollection services) => services;
}
