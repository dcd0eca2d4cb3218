using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ecert.Kernel;

namespace Ecert.CertsDev;

/// <summary>Makes X.509 certificates with the platform's builder. P-256 unless a key is given.</summary>
/// <param name="now">The time validity is counted from.</param>
internal sealed class CertificateMaker(DateTimeOffset now)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>How long a leaf holds: what is made is made again a month before this is over.</summary>
    internal static readonly TimeSpan LeafLifetime = TimeSpan.FromDays(730);

    private static readonly TimeSpan AuthorityLifetime = TimeSpan.FromDays(3650);

    internal DateTimeOffset Now => now;

    /// <summary>A self-signed authority, or one below <paramref name="issuer"/>.</summary>
    internal KeyedCertificate Authority(
        string subject, KeyedCertificate? issuer, int pathLength, string? division = null, RSA? rsa = null)
    {
        AsymmetricAlgorithm key = rsa is null ? NewKey() : rsa;
        var request = Request(subject, key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, pathLength, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        if (division is not null)
            request.CertificateExtensions.Add(new X509Extension("2.5.29.30", PermittedDivision(division), true));
        // Authorities reach back, so that a sample that expired long ago can lie inside their validity.
        var from = now.AddDays(issuer is null ? -1200 : -1100);
        var until = now + (issuer is null ? AuthorityLifetime : AuthorityLifetime - TimeSpan.FromDays(1));
        return Finish(request, key, issuer, from, until);
    }

    /// <summary>A certificate that signs documents of one kind.</summary>
    internal KeyedCertificate DocumentSigner(string subject, KeyedCertificate issuer, string usage) =>
        Leaf(subject, issuer, usage, _ => { });

    internal KeyedCertificate Server(string name, KeyedCertificate issuer) => Leaf(
        $"C=CN,O=Ecert development,CN={name}", issuer, ServerAuthentication, names =>
        {
            names.AddDnsName("localhost");
            names.AddIpAddress(System.Net.IPAddress.Loopback);
            names.AddIpAddress(System.Net.IPAddress.IPv6Loopback);
        });

    /// <summary>A client certificate of a party that is known by a URN.</summary>
    internal KeyedCertificate Client(
        string name, string urn, KeyedCertificate issuer, TimeSpan? from = null, TimeSpan? until = null,
        bool forServers = false) => Leaf(
        $"C=CN,O=Ecert development,CN={name}", issuer,
        forServers ? ServerAuthentication : ClientAuthentication, names => names.AddUri(new Uri(urn)), from, until);

    /// <summary>A certificate that nobody issued: same subject, same URN, own signature.</summary>
    internal KeyedCertificate LookAlike(string name, string urn)
    {
        var key = NewKey();
        var request = Request($"C=CN,O=Ecert development,CN={name}", key);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri(urn));
        AddLeafExtensions(request, ClientAuthentication, names);
        return Finish(request, key, null, now.AddHours(-1), now + LeafLifetime);
    }

    /// <summary>A channel's RSA certificate: no extended key usage, as the channels' own have none.</summary>
    internal KeyedCertificate Channel(string subject, KeyedCertificate issuer, RSA key)
    {
        var request = Request(subject, key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, true));
        return Finish(request, key, issuer, now.AddHours(-1), now + LeafLifetime);
    }

    /// <summary>The list of certificates that an authority takes back.</summary>
    internal string RevocationList(KeyedCertificate authority, params KeyedCertificate[] revoked)
    {
        var builder = new CertificateRevocationListBuilder();
        foreach (var entry in revoked)
            builder.AddEntry(entry.Certificate, now.AddMinutes(-30));
        var list = builder.Build(
            authority.Certificate, 1, now + LeafLifetime, HashAlgorithmName.SHA256, thisUpdate: now.AddHours(-1));
        return PemEncoding.WriteString("X509 CRL", list);
    }

    private KeyedCertificate Leaf(
        string subject, KeyedCertificate issuer, string extendedUsage,
        Action<SubjectAlternativeNameBuilder> addNames, TimeSpan? from = null, TimeSpan? until = null)
    {
        var key = NewKey();
        var request = Request(subject, key);
        var names = new SubjectAlternativeNameBuilder();
        addNames(names);
        AddLeafExtensions(request, extendedUsage, names);
        return Finish(request, key, issuer, now + (from ?? TimeSpan.FromHours(-1)), now + (until ?? LeafLifetime));
    }

    private static void AddLeafExtensions(
        CertificateRequest request, string extendedUsage, SubjectAlternativeNameBuilder names)
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(extendedUsage)], true));
        var alternatives = names.Build();
        // An empty sequence of names is no extension at all (RFC 5280 §4.2.1.6).
        if (alternatives.RawData.Length > 2)
            request.CertificateExtensions.Add(alternatives);
    }

    private static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static CertificateRequest Request(string subject, AsymmetricAlgorithm key)
    {
        var name = new X500DistinguishedName(subject, X500DistinguishedNameFlags.None);
        var request = key is RSA rsa
            ? new CertificateRequest(name, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(name, (ECDsa)key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }

    private static KeyedCertificate Finish(
        CertificateRequest request, AsymmetricAlgorithm key, KeyedCertificate? issuer,
        DateTimeOffset from, DateTimeOffset until)
    {
        if (issuer is null)
            return new KeyedCertificate(request.CreateSelfSigned(from, until));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer.Certificate, true, false));
        var made = request.Create(issuer.Certificate, from, until, NewSerialNumber());
        return new KeyedCertificate(
            key is RSA rsa ? made.CopyWithPrivateKey(rsa) : made.CopyWithPrivateKey((ECDsa)key));
    }

    /// <summary>20 bytes that read as a positive number with no leading zero, as RFC 5280 §4.1.2.2 wants.</summary>
    private static byte[] NewSerialNumber()
    {
        var serialNumber = RandomSource.System.Bytes(20);
        serialNumber[0] = (byte)(serialNumber[0] & 0x3F | 0x40);
        return serialNumber;
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
