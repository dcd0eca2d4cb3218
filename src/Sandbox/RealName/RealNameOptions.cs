namespace Ecert.Sandbox.RealName;

/// <summary>What the real-name authority's stand-in knows.</summary>
public sealed record RealNameOptions
{
    /// <summary>The applications that may call.</summary>
    public required IReadOnlyList<RealNameApplication> Applications { get; init; }

    /// <summary>The platform's SM2 private key, Base64 of the 32-byte scalar: signs answers.</summary>
    public required string PlatformPrivateKey { get; init; }

    /// <summary>The register of persons.</summary>
    public required IReadOnlyList<RegisteredPerson> Persons { get; init; }
}

/// <summary>A calling application.</summary>
/// <param name="AppId"><c>appId</c>, at least 16 ASCII characters: the first 16 key the derivation.</param>
/// <param name="AppSecret">The secret both sides hold.</param>
/// <param name="PublicKey">The application's SM2 public key, Base64 of <c>04‖X‖Y</c>.</param>
public sealed record RealNameApplication(string AppId, string AppSecret, string PublicKey);

/// <summary>A registered person.</summary>
/// <param name="Name">The name on the document.</param>
/// <param name="DocumentKind"><c>idType</c>: 01 resident ID, 02 foreign permanent resident's ID, 03 passport.</param>
/// <param name="DocumentNumber"><c>idNo</c>.</param>
public sealed record RegisteredPerson(string Name, string DocumentKind, string DocumentNumber);
