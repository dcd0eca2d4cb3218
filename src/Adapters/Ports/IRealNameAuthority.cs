using Ecert.Kernel.Citizens;

namespace Ecert.Adapters.Ports;

/// <summary>The authority that knows who is who. Personal data goes to it encrypted and never into our logs.</summary>
public interface IRealNameAuthority
{
    /// <summary>Do this name and this document belong together (实名认证)?</summary>
    Task<RealNameOutcome> CheckNameAsync(string name, IdentityDocument document, CancellationToken ct);

    /// <summary>Is the person before the camera the one the document names (实人认证)?</summary>
    /// <param name="name">The name on the document.</param>
    /// <param name="document">The document.</param>
    /// <param name="faceEvidence">The reference of the face capture made by the app, opaque to us.</param>
    /// <param name="ct">Cancels the call.</param>
    Task<RealNameOutcome> CheckFaceAsync(
        string name, IdentityDocument document, string faceEvidence, CancellationToken ct);
}

/// <summary>What the authority said.</summary>
public enum RealNameOutcome
{
    /// <summary>They belong together.</summary>
    Match = 1,

    /// <summary>They do not, or the document is not known: the two are told apart by nobody outside.</summary>
    NoMatch = 2,

    /// <summary>The authority could not be asked.</summary>
    Unavailable = 3,
}
