namespace Ecert.Certificates.Cose;

/// <summary>Ends the decoding of one document; never leaves this library.</summary>
/// <param name="where">The path of the field at fault, such as <c>certificate.claims.exp</c>.</param>
internal sealed class MalformedException(string where) : Exception($"Malformed at {where}.")
{
    internal string Where { get; } = where;
}
