using Ecert.Kernel.Citizens;

namespace Ecert.Gateway.Persons;

/// <summary>An insured person with what is personal in the clear: lives as long as the call that needs it.</summary>
internal sealed record InsuredPerson(
    string Subject, string CertificateId, string Name, IdentityDocument Document, string PersonNumber,
    string InsuredPlace,
    string Scheme, string PersonType, long Version)
{
    /// <summary>The name with all but its first character hidden: what a counter may show.</summary>
    public string MaskedName
    {
        get
        {
            // Rare characters of names take two places in a string.
            var characters = Name.EnumerateRunes().ToList();
            return characters.Count <= 1 ? "*" : characters[0] + new string('*', characters.Count - 1);
        }
    }

    /// <summary>The number with all but its first and last characters hidden.</summary>
    public string MaskedDocumentNumber => Document.Number.Length <= 4
        ? new string('*', Document.Number.Length)
        : $"{Document.Number[..1]}{new string('*', Document.Number.Length - 2)}{Document.Number[^1..]}";

    /// <summary>Masked, so that a log cannot carry the person by accident.</summary>
    public override string ToString() => $"InsuredPerson {Subject}";
}
