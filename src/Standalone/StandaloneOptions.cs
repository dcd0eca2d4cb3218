namespace Ecert.Standalone;

/// <summary>What the command line says.</summary>
/// <param name="Once">End after the journey, with exit code 0 or 1.</param>
/// <param name="DataFolder">
/// Where databases and a log go, kept afterwards; null for a temporary folder that is removed.
/// </param>
/// <param name="BasePort">The first of five neighbouring ports on loopback; 0 takes any that are free.</param>
/// <param name="Verbose">Every part's log goes to the console too.</param>
internal sealed record StandaloneOptions(bool Once, string? DataFolder, int BasePort, bool Verbose);
