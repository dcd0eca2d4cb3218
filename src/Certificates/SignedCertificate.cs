using Ecert.Certificates.Cose;
using Ecert.Certificates.Suites;
using Ecert.Certificates.Trust;

namespace Ecert.Certificates;

/// <summary>
/// An e-certificate: a CWT (RFC 8392) in a tagged COSE_Sign1 (RFC 9052), read but, by itself, <b>not verified</b>: who
/// relies on it goes through <see cref="Presentations.PresentationVerifier"/>.
/// </summary>
public sealed class SignedCertificate
{
    private readonly CoseSign1 _message;

    private SignedCertificate(ReadOnlyMemory<byte> bytes, CoseSign1 message, KeyId keyId, CertificateClaims claims)
    {
        _message = message;
        (Bytes, KeyId, Claims) = (bytes, keyId, claims);
    }

    /// <summary>The bytes as issued.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Which document signer signed it.</summary>
    public KeyId KeyId { get; }

    /// <summary>The suite it is signed with.</summary>
    public SignatureSuite Suite => _message.Header.Suite;

    /// <summary>What it says.</summary>
    public CertificateClaims Claims { get; }

    /// <summary>Reads a certificate.</summary>
    /// <param name="bytes">The bytes; kept, not copied.</param>
    /// <param name="certificate">The certificate, where the bytes are one.</param>
    /// <param name="fault">
    /// The path of the field at fault otherwise, such as <c>certificate.claims.exp</c>; or empty.
    /// </param>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, out SignedCertificate certificate, out string fault)
    {
        try
        {
            certificate = Read(bytes, "certificate");
            fault = "";
            return true;
        }
        catch (MalformedException exception)
        {
            certificate = null!;
            fault = exception.Where;
            return false;
        }
    }

    internal static SignedCertificate Read(ReadOnlyMemory<byte> bytes, string where)
    {
        var message = CoseSign1.Decode(bytes, tagged: true, where);
        // A status list is signed by the same key, and always carries a type: neither can pass for the other.
        if (message.Header.Type is not null || message.Header.Chain is not null)
            throw new MalformedException($"{where}.protected.label");
        var keyId = message.Header.KeyId ?? throw new MalformedException($"{where}.protected.kid");
        return new SignedCertificate(bytes, message, keyId, ClaimsFormat.Decode(message.Payload, where));
    }

    internal bool SignedBy(PublicKey key) => _message.VerifiedBy(key);
}
