namespace Ecert.Gateway.Fares;

/// <summary>The verbs on fares.</summary>
internal sealed class FareService : V1.FareService.FareServiceBase;
