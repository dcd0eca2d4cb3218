using Ecert.Kernel.Citizens;

namespace Ecert.Gateway.Persons;

/// <summary>An insured person with what is personal in the clear: lives as long as the call that needs it.</summary>
internal sealed record InsuredPerson(
    string Subject, string CertificateId, string Name, IdentityDocument Document, string PersonNumber,
    string InsuredPlace,
    string Scheme, string PersonType, long Version)
{
    /// <summary>The name as a counter may show it.</summary>
    public string MaskedName => PersonName.Mask(Name);

    /// <summary>The document's number as a counter may show it.</summary>
    public string MaskedDocumentNumber => Document.MaskedNumber;

    /// <summary>Masked, so that a log cannot carry the person by accident.</summary>
    public override string ToString() => $"InsuredPerson {Subject}";
}
