using Ecert.Kernel;

namespace Ecert.Certificates.RideCodes;

/// <summary>What a gate finds of a code. Closed: there is no other outcome, and verifying never throws.</summary>
public abstract record RideVerdict
{
    private RideVerdict() { }

    /// <summary>All holds.</summary>
    /// <param name="Code">The code, to be believed.</param>
    public sealed record Open(RideCode Code) : RideVerdict;

    /// <summary>Not a ride code.</summary>
    /// <param name="Where">The field at fault.</param>
    public sealed record Malformed(string Where) : RideVerdict;

    /// <summary>The CA's key is not known here (−101).</summary>
    /// <param name="Index">The index the code names it by.</param>
    public sealed record KeyUnknown(byte Index) : RideVerdict;

    /// <summary>The issuer's certificate is not the CA's, or has expired (−102).</summary>
    public sealed record BadIssuerCertificate : RideVerdict;

    /// <summary>The issuer's authorisation does not hold (−103).</summary>
    public sealed record BadIssuerSignature : RideVerdict;

    /// <summary>The authorisation is over, or the code was made too long ago or lies too far ahead (−105).</summary>
    public sealed record Expired : RideVerdict;

    /// <summary>The rider's signature does not hold (−104).</summary>
    public sealed record BadRiderSignature : RideVerdict;

    /// <summary>The ride costs more than the code allows (−106).</summary>
    /// <param name="Ceiling">What it allows.</param>
    public sealed record AboveCeiling(Money Ceiling) : RideVerdict;

    /// <summary>The account is on the blacklist.</summary>
    public sealed record Blacklisted : RideVerdict;

    /// <summary>This very code was shown before.</summary>
    public sealed record Replayed : RideVerdict;
}
