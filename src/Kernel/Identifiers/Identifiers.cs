namespace Ecert.Kernel.Identifiers;

/// <summary>One e-certificate; chosen by the issuer.</summary>
public readonly record struct CertificateId(string Value)
{
    /// <summary>The bare value.</summary>
    public override string ToString() => Value;
}

/// <summary>The pseudonym of a citizen inside this system; never the ID number, and of no use outside.</summary>
public readonly record struct SubjectId(string Value)
{
    /// <summary>The bare value.</summary>
    public override string ToString() => Value;
}

/// <summary>A hospital, pharmacy, operator or biller, by its national institution code (12 characters).</summary>
public readonly record struct InstitutionId(string Value)
{
    /// <summary>The bare value.</summary>
    public override string ToString() => Value;
}

/// <summary>One settlement of a medical bill.</summary>
public readonly record struct SettlementId(string Value)
{
    /// <summary>The bare value.</summary>
    public override string ToString() => Value;
}

/// <summary>
/// One payment order of the cash part of anything; also the merchant order number at the channel (≤ 32).
/// </summary>
public readonly record struct PaymentId(string Value)
{
    /// <summary>The bare value.</summary>
    public override string ToString() => Value;
}

/// <summary>One refund of a payment; also the refund number at the channel (≤ 32).</summary>
public readonly record struct RefundId(string Value)
{
    /// <summary>The bare value.</summary>
    public override string ToString() => Value;
}

/// <summary>One ride, from tap in to tap out.</summary>
public readonly record struct TripId(string Value)
{
    /// <summary>The bare value.</summary>
    public override string ToString() => Value;
}
