namespace Ecert.Certificates.RideCodes;

/// <summary>
/// The check at the gate, with no network, no clock of its own and no state but the caller's. Whatever the bytes are,
/// the answer is a <see cref="RideVerdict"/>, never an exception.
/// </summary>
public static class RideCodeVerifier
{
    /// <summary>
    /// Verifies a code in the deployed order: CA key, issuer's certificate, issuer's signature, times, rider's
    /// signature, ceiling, blacklist, and last whether the code is spent.
    /// </summary>
    /// <param name="bytes">What the QR picture says.</param>
    /// <param name="context">When, and what is known.</param>
    public static RideVerdict Verify(ReadOnlySpan<byte> bytes, RideContext context)
    {
        if (!RideCode.TryRead(bytes, out var code, out var fault))
            return new RideVerdict.Malformed(fault);
        return CheckIssuer(code, context)
            ?? CheckTimes(code, context)
            ?? CheckRider(code, context)
            ?? new RideVerdict.Open(code);
    }

    private static RideVerdict? CheckIssuer(RideCode code, RideContext context)
    {
        if (!context.AuthorityKeys.TryGetValue(code.Certificate.AuthorityKeyIndex, out var authority))
            return new RideVerdict.KeyUnknown(code.Certificate.AuthorityKeyIndex);
        if (!code.Certificate.SignedBy(authority) || code.Certificate.ExpiresAt <= context.Now)
            return new RideVerdict.BadIssuerCertificate();
        return code.IsAuthorised() ? null : new RideVerdict.BadIssuerSignature();
    }

    private static RideVerdict.Expired? CheckTimes(RideCode code, RideContext context)
    {
        var fromMaking = (context.Now - code.GeneratedAt).Duration();
        return code.Rights.ExpiresAt <= context.Now || fromMaking > code.Rights.CodeValidity
            ? new RideVerdict.Expired()
            : null;
    }

    private static RideVerdict? CheckRider(RideCode code, RideContext context)
    {
        if (!code.IsSignedByRider())
            return new RideVerdict.BadRiderSignature();
        if (context.Amount is { } amount && amount > code.Rights.Ceiling)
            return new RideVerdict.AboveCeiling(code.Rights.Ceiling);
        if (context.IsBlacklisted(code.Rights.AccountNumber))
            return new RideVerdict.Blacklisted();
        // A second longer than the code holds, so that the last moment is covered too.
        var until = code.GeneratedAt + code.Rights.CodeValidity + TimeSpan.FromSeconds(1);
        return context.Spend(code.Id, until) ? null : new RideVerdict.Replayed();
    }
}
