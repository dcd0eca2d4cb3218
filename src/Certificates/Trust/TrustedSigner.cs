using System.Globalization;
using Ecert.Certificates.Suites;
using Ecert.Kernel.Identifiers;

namespace Ecert.Certificates.Trust;

/// <summary>A document signer whose chain to the pinned root stands.</summary>
/// <param name="KeyId">Its id.</param>
/// <param name="Division">The province it may sign for.</param>
/// <param name="PublicKey">Its key.</param>
/// <param name="NotBefore">From when its X.509 certificate holds.</param>
/// <param name="NotAfter">
/// Until when it may sign: the end of its X.509 certificate, or its retirement if that is earlier.
/// </param>
/// <param name="StatusLists">The address below which the province publishes its status lists.</param>
public sealed record TrustedSigner(
    KeyId KeyId, DivisionCode Division, PublicKey PublicKey, DateTimeOffset NotBefore, DateTimeOffset NotAfter,
    Uri StatusLists)
{
    /// <summary>The address of one status list: the number below <see cref="StatusLists"/>.</summary>
    public Uri StatusListAddress(int list) =>
        new($"{StatusLists.OriginalString.TrimEnd('/')}/{list.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>
    /// May this signer have signed these claims? Its own division, an insured place in it, and a time of issue at which
    /// it was in office: a certificate outlives its signer.
    /// </summary>
    internal bool MaySign(CertificateClaims claims) =>
        claims.Issuer == Division
        && claims.InsuredPlace.Province == Division
        && MaySignAt(claims.IssuedAt);

    internal bool MaySignAt(DateTimeOffset time) => NotBefore <= time && time <= NotAfter;
}
