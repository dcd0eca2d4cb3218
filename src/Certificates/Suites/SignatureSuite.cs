namespace Ecert.Certificates.Suites;

/// <summary>
/// A way to sign: curve, digest and their COSE, JOSE and X.509 names in one place. The issuer's and the holder's suite
/// are chosen apart. Every signature is raw <c>r‖s</c>, 64 bytes (RFC 9053 §2.1). Stateless and safe between threads.
/// </summary>
public abstract class SignatureSuite
{
    /// <summary>Bytes of a raw signature in every suite.</summary>
    public const int SignatureSize = 64;

    /// <summary>Bytes of one coordinate of a public key in every suite.</summary>
    public const int CoordinateSize = 32;

    private protected SignatureSuite() { }

    /// <summary>ECDSA on P-256 with SHA-256 (RFC 9053 §2.1, FIPS 186-4).</summary>
    public static SignatureSuite Es256 { get; } = new Es256Suite();

    /// <summary>SM2 with SM3 (GB/T 32918.2, user id <c>1234567812345678</c> as GM/T 0009 §10 has it).</summary>
    public static SignatureSuite Sm2 { get; } = new Sm2Suite();

    /// <summary>Every suite this library knows.</summary>
    public static IReadOnlyList<SignatureSuite> All { get; } = [Es256, Sm2];

    /// <summary>The name in JOSE headers and in print: <c>ES256</c>, <c>SM2SM3</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The COSE algorithm (label 1): −7, or the private-use −65537 (SM2 has no registered number).</summary>
    public abstract int CoseAlgorithm { get; }

    /// <summary>The COSE elliptic curve (COSE_Key label −1): 1, or the private-use −65537.</summary>
    public abstract int CoseCurve { get; }

    /// <summary>The JWK <c>crv</c>: <c>P-256</c>, or <c>SM2</c> (no registered name).</summary>
    public abstract string JwkCurve { get; }

    /// <summary>The X.509 object identifier of the curve.</summary>
    internal abstract string CurveObjectIdentifier { get; }

    /// <summary>The X.509 object identifier of the signature algorithm.</summary>
    internal abstract string SignatureObjectIdentifier { get; }

    internal abstract EllipticCurve Curve { get; }

    /// <summary>The suite with this COSE algorithm, or null.</summary>
    public static SignatureSuite? OfAlgorithm(long coseAlgorithm) =>
        coseAlgorithm == Es256.CoseAlgorithm ? Es256 : coseAlgorithm == Sm2.CoseAlgorithm ? Sm2 : null;

    /// <summary>The suite on this COSE curve, or null.</summary>
    public static SignatureSuite? OfCurve(long coseCurve) =>
        coseCurve == Es256.CoseCurve ? Es256 : coseCurve == Sm2.CoseCurve ? Sm2 : null;

    /// <summary>A new key pair, held in memory.</summary>
    public abstract SigningKey GenerateKey();

    /// <summary>A new private key as PKCS#8 PEM text, for whoever keeps keys in files.</summary>
    public abstract string GenerateKeyPem();

    /// <summary>Reads a private key from PKCS#8 PEM text (<c>BEGIN PRIVATE KEY</c>).</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">
    /// The text holds no key of this suite.
    /// </exception>
    public abstract SigningKey ImportPem(string pem);

    /// <summary>The name.</summary>
    public sealed override string ToString() => Name;

    /// <summary>Does the signature hold? The key is of this suite, and the signature of the right size.</summary>
    internal abstract bool Verify(PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);
}
