namespace Ecert.Verifier;

/// <summary>What the command ends with; <c>--help</c> prints the same list.</summary>
internal enum ExitCode
{
    AllValid = 0,
    Refused = 1,
    MustGoOnline = 2,
    Unusable = 3,
    UnreadablePicture = 4,
    Usage = 64,
}
