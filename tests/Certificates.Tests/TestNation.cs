using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ecert.Certificates.Presentations;
using Ecert.Certificates.Status;
using Ecert.Certificates.Suites;
using Ecert.Certificates.Trust;
using Ecert.Kernel;
using Ecert.Kernel.Identifiers;

namespace Ecert.Certificates.Tests;

/// <summary>
/// A small nation in memory: a root, one province CA and one document signer, made by the platform's own certificate
/// builder, so that our reader is checked against certificates we did not write.
/// </summary>
internal sealed class TestNation
{
    internal static readonly DateTimeOffset Now = new(2026, 11, 2, 1, 0, 0, TimeSpan.Zero);
    internal static readonly DivisionCode Hebei = DivisionCode.Parse("130000");
    internal static readonly Uri StatusLists = new("https://identity.example/status-lists/130000");

    internal TestNation(SignatureSuite holderSuite)
    {
        Root = Authority("C=CN,CN=Test root", null, pathLength: 1, null);
        Province = Authority("C=CN,ST=130000,CN=Test province CA", Root, pathLength: 0, "130000");
        Signer = Leaf("C=CN,ST=130000,CN=Test document signer", Province, TrustProfile.DocumentSigning);
        ListSigner = Leaf("C=CN,CN=Test trust-list signer", Root, TrustProfile.TrustListSigning);
        Holder = holderSuite.GenerateKey();
        Issuer = new CertificateIssuer(Hebei, KeyId.Of(Signer.RawData), Key(Signer));
    }

    internal X509Certificate2 Root { get; }
    internal X509Certificate2 Province { get; }
    internal X509Certificate2 Signer { get; }
    internal X509Certificate2 ListSigner { get; }
    internal SigningKey Holder { get; }
    internal CertificateIssuer Issuer { get; }
    internal RandomSource Random { get; } = new SeededRandomSource(20261102);

    internal static SigningKey Key(X509Certificate2 certificate) =>
        SignatureSuite.Es256.ImportPem(certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());

    internal CertificateClaims Claims() => new(
        Hebei, new CertificateId(Random.NewId(Now)), new SubjectId(Random.NewId(Now)),
        Now.AddDays(-1), Now.AddDays(-1), Now.AddYears(1), DivisionCode.Parse("130100"), "310",
        AssuranceLevel.FaceChecked, Holder.PublicKey, new StatusReference(3, 12345));

    internal HolderStatement Statement(AudienceKind audience = AudienceKind.Medical, Money? ceiling = null) =>
        HolderStatement.New(Now.AddSeconds(-5), audience, ceiling, Random);

    internal TrustListEntry Entry() => new(Signer.RawData, Province.RawData, StatusLists);

    internal async Task<byte[]> SignedTrustListAsync(params TrustListEntry[] entries)
    {
        var content = new TrustListContent(7, Now.AddHours(-2), Now.AddDays(7), entries);
        return await content.SignAsync(ListSigner.RawData, Key(ListSigner), CancellationToken.None);
    }

    internal async Task<TrustList> TrustAsync(params TrustListEntry[] entries)
    {
        var signed = await SignedTrustListAsync(entries.Length == 0 ? [Entry()] : entries);
        return Assert.IsType<TrustListOutcome.Loaded>(TrustList.Load(signed, Root.RawData, Now)).List;
    }

    internal async Task<Certificates.Status.StatusLists> StatusAsync(
        TrustList trust, CertificateStatus status, DateTimeOffset? issuedAt = null)
    {
        var array = new StatusArray(20_000) { [12345] = status };
        var signed = await Issuer.SignStatusListAsync(
            new Uri(StatusLists + "/3"), array, issuedAt ?? Now.AddHours(-1), Now.AddDays(30), TimeSpan.FromHours(1),
            CancellationToken.None);
        var loaded = Assert.IsType<StatusListOutcome.Loaded>(StatusList.Load(signed, trust, Now));
        return Certificates.Status.StatusLists.None.With(loaded.List);
    }

    internal async Task<VerificationContext> ContextAsync(CertificateStatus status = CertificateStatus.Valid)
    {
        var trust = await TrustAsync();
        return new VerificationContext
        {
            Now = Now, Audience = AudienceKind.Medical, Trust = trust, Status = await StatusAsync(trust, status),
        };
    }

    internal async Task<string> PresentAsync(CertificateClaims? claims = null, HolderStatement? statement = null)
    {
        var certificate = await Issuer.IssueAsync(claims ?? Claims(), CancellationToken.None);
        return await HolderPresentation.CreateAsync(
            certificate, statement ?? Statement(), Holder, CancellationToken.None);
    }

    internal static X509Certificate2 Authority(
        string subject, X509Certificate2? issuer, int pathLength, string? division)
    {
        var request = Request(subject, out var key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, pathLength, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        if (division is not null)
            request.CertificateExtensions.Add(new X509Extension("2.5.29.30", PermittedDivision(division), true));
        return Finish(request, issuer, key, Now.AddYears(-1), Now.AddYears(9));
    }

    internal static X509Certificate2 Leaf(
        string subject, X509Certificate2 issuer, string usage, DateTimeOffset? from = null,
        DateTimeOffset? until = null)
    {
        var request = Request(subject, out var key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], true));
        return Finish(request, issuer, key, from ?? Now.AddDays(-100), until ?? Now.AddDays(100));
    }

    private static CertificateRequest Request(string subject, out ECDsa key)
    {
        key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = new X500DistinguishedName(subject, X500DistinguishedNameFlags.None);
        return new CertificateRequest(name, key, HashAlgorithmName.SHA256);
    }

    private static X509Certificate2 Finish(
        CertificateRequest request, X509Certificate2? issuer, ECDsa key, DateTimeOffset from, DateTimeOffset until)
    {
        if (issuer is null)
            return request.CreateSelfSigned(from, until);
        byte[] serialNumber = [1, .. RandomNumberGenerator.GetBytes(15)];
        return request.Create(issuer, from, until, serialNumber).CopyWithPrivateKey(key);
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
