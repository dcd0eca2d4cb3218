using System.Security.Cryptography;
using Ecert.Certificates;
using Ecert.Certificates.Presentations;
using Ecert.Certificates.Status;
using Ecert.Certificates.Suites;
using Ecert.Certificates.Trust;
using Ecert.Fixtures;
using Ecert.Kernel;
using Ecert.Kernel.Identifiers;

namespace Ecert.CertsDev.Tests;

/// <summary>A chain all in SM2 and one all in P-256, written by us, read by us, and judged by OpenSSL.</summary>
public sealed class TrustAuthorityTests : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private static readonly Validity Years = new(Now.AddYears(-1), Now.AddYears(30));
    private static readonly Validity Months = new(Now.AddDays(-90), Now.AddDays(90));
    private static readonly DivisionCode Hebei = DivisionCode.Parse("130000");
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TemporaryFolder _folder = new();
    private readonly RandomSource _random = RandomSource.System;

    public static TheoryData<string> Suites => [.. SignatureSuite.All.Select(suite => suite.Name)];

    [Theory, MemberData(nameof(Suites))]
    public async Task OpenSSL_verifies_the_chain_and_the_revocation_list(string name)
    {
        var nation = await MakeAsync(name);
        Write("root", nation.Root.Certificate, "CERTIFICATE");
        Write("province", nation.Province.Certificate, "CERTIFICATE");
        Write("signer", nation.Signer, "CERTIFICATE");
        OpenSsl.Run(0, [.. Link(name, "root"), _folder.File("province")]);
        OpenSsl.Run(0, [.. Link(name, "province"), _folder.File("signer")]);
        OpenSsl.Run(2, [.. Link(name, "root"), _folder.File("signer")]);
        Write("crl", await nation.Province.RevocationListAsync([nation.Signer], Months, None), "X509 CRL");
        // OpenSSL 3.0 cannot be told the user id under a revocation list, so that it judges the P-256 one alone.
        if (name == SignatureSuite.Es256.Name)
            Assert.Contains("certificate revoked", OpenSsl.Run(
                2, [.. Link(name, "province"), "-crl_check", "-CRLfile", _folder.File("crl"), _folder.File("signer")]));
        var printed = OpenSsl.Run(0, "crl", "-noout", "-text", "-in", _folder.File("crl"));
        Assert.Contains("Serial Number: 40", printed);
    }

    [Theory, MemberData(nameof(Suites))]
    public async Task A_signer_outside_its_division_is_refused_by_OpenSSL_and_by_us(string name)
    {
        var nation = await MakeAsync(name);
        var outside = await nation.Province.SignerAsync(
            DivisionCode.Parse("310000"), TrustProfile.DocumentSigning, nation.SignerKey.PublicKey, Months, None);
        Write("root", nation.Root.Certificate, "CERTIFICATE");
        Write("province", nation.Province.Certificate, "CERTIFICATE");
        Write("outside", outside, "CERTIFICATE");
        Assert.Contains(
            "permitted subtree violation", OpenSsl.Run(2, [.. Link(name, "province"), _folder.File("outside")]));
        var list = await LoadAsync(nation with { Signer = outside });
        Assert.Equal("Entry 0: The signer lies outside the division of its CA.", Assert.Single(list.Rejected));
    }

    [Theory, MemberData(nameof(Suites))]
    public async Task A_presentation_under_the_chain_is_valid(string name)
    {
        var nation = await MakeAsync(name);
        var holder = SignatureSuite.Sm2.GenerateKey();
        var issuer = new CertificateIssuer(Hebei, KeyId.Of(nation.Signer), nation.SignerKey);
        var second = DateTimeOffset.FromUnixTimeSeconds(Now.ToUnixTimeSeconds());
        var certificate = await issuer.IssueAsync(
            new CertificateClaims(
                Hebei, new CertificateId("1"), new SubjectId("2"), second, second, second.AddDays(1), Hebei, "390",
                AssuranceLevel.InPerson, holder.PublicKey, new StatusReference(0, 0)),
            None);
        var text = await HolderPresentation.CreateAsync(
            certificate, HolderStatement.New(Now, AudienceKind.Transit, null, _random), holder, None);
        var trust = await LoadAsync(nation);
        var token = await issuer.SignStatusListAsync(
            new Uri("https://hb.example/0"), new StatusArray(8), Now, Now.AddDays(1), TimeSpan.FromHours(1), None);
        var status = Assert.IsType<StatusListOutcome.Loaded>(StatusList.Load(token, trust, Now)).List;
        var verdict = PresentationVerifier.Verify(text, new VerificationContext
        {
            Now = Now, Audience = AudienceKind.Transit, Trust = trust, Status = StatusLists.None.With(status),
        });
        Assert.Equal(certificate.Claims, Assert.IsType<Verdict.Valid>(verdict).Claims);
    }

    [Theory, MemberData(nameof(Suites))]
    public async Task A_revoked_signer_or_CA_is_not_trusted(string name)
    {
        var nation = await MakeAsync(name);
        var byProvince = await nation.Province.RevocationListAsync([nation.Signer], Months, None);
        var list = await LoadAsync(nation, byProvince);
        Assert.Equal("Entry 0: The signer or its CA was revoked.", Assert.Single(list.Rejected));
        var byRoot = await nation.Root.RevocationListAsync([nation.Province.Certificate], Months, None);
        Assert.Empty((await LoadAsync(nation, byRoot)).Signers);
        var empty = await nation.Root.RevocationListAsync([], Months, None);
        Assert.Single((await LoadAsync(nation, empty)).Signers);
        var ofListSigner = await nation.Root.RevocationListAsync([nation.ListSigner], Months, None);
        Assert.Equal("The trust-list signer was revoked.", await WhyAsync(nation, ofListSigner));
    }

    [Fact]
    public async Task A_revocation_list_that_does_not_stand_spoils_the_loading()
    {
        var nation = await MakeAsync(SignatureSuite.Sm2.Name);
        var other = await MakeAsync(SignatureSuite.Sm2.Name);
        var good = await nation.Root.RevocationListAsync([], Months, None);
        var stale = await nation.Root.RevocationListAsync([], new Validity(Now.AddDays(-2), Now.AddDays(-1)), None);
        var foreign = await other.Root.RevocationListAsync([], Months, None);
        Assert.Contains("out of its validity", await WhyAsync(nation, good, stale));
        Assert.Contains("signed by no authority", await WhyAsync(nation, foreign));
        for (var index = 0; index < good.Length; index += 3)
        {
            good[index] ^= 1;
            Assert.Contains("Revocation list 0", await WhyAsync(nation, good));
            good[index] ^= 1;
        }
    }

    public void Dispose() => _folder.Dispose();

    private sealed record Nation(
        TrustAuthority Root, TrustAuthority Province, byte[] Signer, SigningKey SignerKey, byte[] ListSigner,
        SigningKey ListSignerKey);

    private async Task<Nation> MakeAsync(string name)
    {
        var suite = SignatureSuite.All.Single(candidate => candidate.Name == name);
        var root = await TrustAuthority.RootAsync("Test root", suite.GenerateKey(), Years, _random, None);
        var province = await root.ProvinceAsync(Hebei, suite.GenerateKey(), Years, None);
        var (signer, listSigner) = (suite.GenerateKey(), suite.GenerateKey());
        return new Nation(
            root, province,
            await province.SignerAsync(Hebei, TrustProfile.DocumentSigning, signer.PublicKey, Months, None), signer,
            await root.SignerAsync(null, TrustProfile.TrustListSigning, listSigner.PublicKey, Months, None),
            listSigner);
    }

    /// <summary>
    /// How OpenSSL judges one link: it takes the SM2 user id for the certificate in question alone, so that a chain is
    /// judged link by link.
    /// </summary>
    private string[] Link(string suite, string authority)
    {
        string[] userId = suite == SignatureSuite.Sm2.Name ? ["-vfyopt", "distid:1234567812345678"] : [];
        return ["verify", "-x509_strict", "-partial_chain", "-trusted", _folder.File(authority), .. userId];
    }

    private static async Task<TrustListOutcome> TryLoadAsync(Nation nation, params byte[][] revocationLists)
    {
        var entry = new TrustListEntry(nation.Signer, nation.Province.Certificate, new Uri("https://hb.example/"));
        var content = new TrustListContent(1, Now.AddMinutes(-1), Now.AddDays(1), [entry]);
        var signed = await content.SignAsync(nation.ListSigner, nation.ListSignerKey, None);
        return TrustList.Load(
            signed, nation.Root.Certificate, Now,
            revocationLists: [.. revocationLists.Select(list => (ReadOnlyMemory<byte>)list)]);
    }

    private static async Task<TrustList> LoadAsync(Nation nation, params byte[][] revocationLists) =>
        Assert.IsType<TrustListOutcome.Loaded>(await TryLoadAsync(nation, revocationLists)).List;

    private static async Task<string> WhyAsync(Nation nation, params byte[][] revocationLists) =>
        Assert.IsType<TrustListOutcome.Refused>(await TryLoadAsync(nation, revocationLists)).Why;

    private void Write(string name, byte[] der, string label) =>
        File.WriteAllText(_folder.File(name), PemEncoding.WriteString(label, der) + "\n");
}
