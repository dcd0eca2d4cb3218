using System.Formats.Asn1;
using System.Net;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ecert.Certificates.Trust;

namespace Ecert.Identity.Tests.Support;

/// <summary>
/// The certificates of one test run: a TLS authority with its leaves, and the national chain of one province.
/// </summary>
internal sealed class TestKeys
{
    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    internal TestKeys()
    {
        TlsAuthority = Authority("CN=Test TLS authority", null, 0, null);
        ForeignAuthority = Authority("CN=Foreign TLS authority", null, 0, null);
        Server = Tls("CN=localhost", TlsAuthority, "1.3.6.1.5.5.7.3.1", null);
        RevokedClient = Client("urn:ecert:institution:" + TestIdentity.Hospital);
        Root = Authority("C=CN,CN=Test root", null, 1, null);
        Province = Authority("C=CN,ST=130000,CN=Test province CA", Root, 0, "130000");
        Signer = Document("C=CN,ST=130000,CN=Test document signer", Province, TrustProfile.DocumentSigning);
        ListSigner = Document("C=CN,CN=Test trust-list signer", Root, TrustProfile.TrustListSigning);
    }

    internal X509Certificate2 TlsAuthority { get; }
    internal X509Certificate2 RevokedClient { get; }
    internal X509Certificate2 ForeignAuthority { get; }
    internal X509Certificate2 Server { get; }
    internal X509Certificate2 Root { get; }
    internal X509Certificate2 Province { get; }
    internal X509Certificate2 Signer { get; }
    internal X509Certificate2 ListSigner { get; }

    internal static StoredKey Stored(X509Certificate2 certificate) =>
        new(certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());

    internal static StoredKey NewEncryptedKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var how = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);
        return new StoredKey(key.ExportEncryptedPkcs8PrivateKeyPem("open sesame", how), "open sesame");
    }

    internal string RevocationList(X509Certificate2? authority = null)
    {
        var builder = new CertificateRevocationListBuilder();
        builder.AddEntry(RevokedClient, From.AddDays(1));
        return PemEncoding.WriteString("X509 CRL", builder.Build(
            authority ?? TlsAuthority, BigInteger.One, Until, HashAlgorithmName.SHA256, thisUpdate: From.AddDays(1)));
    }

    internal X509Certificate2 Client(string subjectUri, X509Certificate2? authority = null) =>
        Tls("CN=A party", authority ?? TlsAuthority, "1.3.6.1.5.5.7.3.2", subjectUri);

    private static X509Certificate2 Tls(string subject, X509Certificate2 authority, string usage, string? uri)
    {
        var request = Request(subject, out var key);
        var names = new SubjectAlternativeNameBuilder();
        if (uri is null)
        {
            names.AddDnsName("localhost");
            names.AddIpAddress(IPAddress.Loopback);
        }
        else
            names.AddUri(new Uri(uri));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        return Finish(request, authority, key);
    }

    private static X509Certificate2 Authority(string subject, X509Certificate2? issuer, int length, string? division)
    {
        var request = Request(subject, out var key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, length, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        if (division is not null)
            request.CertificateExtensions.Add(new X509Extension("2.5.29.30", PermittedDivision(division), true));
        return Finish(request, issuer, key);
    }

    private static X509Certificate2 Document(string subject, X509Certificate2 issuer, string usage)
    {
        var request = Request(subject, out var key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], true));
        return Finish(request, issuer, key);
    }

    private static CertificateRequest Request(string subject, out ECDsa key)
    {
        key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest(
            new X500DistinguishedName(subject, X500DistinguishedNameFlags.None), key, HashAlgorithmName.SHA256);
    }

    private static X509Certificate2 Finish(CertificateRequest request, X509Certificate2? issuer, ECDsa key)
    {
        if (issuer is null)
            return request.CreateSelfSigned(From, Until);
        byte[] serialNumber = [1, .. RandomNumberGenerator.GetBytes(15)];
        return request.Create(issuer, From, Until, serialNumber).CopyWithPrivateKey(key);
    }

    private static byte[] PermittedDivision(string division)
    {
        var name = new X500DistinguishedName($"C=CN,ST={division}", X500DistinguishedNameFlags.None);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        using (writer.PushSequence())
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 4)))
            writer.WriteEncodedValue(name.RawData);
        return writer.Encode();
    }
}
