namespace Ecert.Standalone.Journey;

/// <summary>A step of the journey did not end as it must; the message says which and how.</summary>
internal sealed class JourneyFailedException(string message) : Exception(message);
