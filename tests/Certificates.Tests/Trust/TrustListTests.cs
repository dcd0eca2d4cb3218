using System.Security.Cryptography.X509Certificates;
using Ecert.Certificates.Presentations;
using Ecert.Certificates.Suites;
using Ecert.Certificates.Trust;

namespace Ecert.Certificates.Tests.Trust;

public sealed class TrustListTests
{
    private readonly TestNation _nation = new(SignatureSuite.Es256);

    [Fact]
    public async Task A_list_loads_with_nothing_but_the_root()
    {
        var list = await _nation.TrustAsync();
        Assert.Equal(7, list.Version);
        Assert.Empty(list.Rejected);
        var signer = Assert.Single(list.Signers);
        Assert.Equal("130000", signer.Division.Value);
        Assert.Equal(KeyId.Of(_nation.Signer.RawData), signer.KeyId);
        Assert.Equal("https://identity.example/status-lists/130000/3", signer.StatusListAddress(3).OriginalString);
    }

    [Fact]
    public async Task Another_environments_root_refuses_the_list()
    {
        var other = new TestNation(SignatureSuite.Es256);
        var signed = await _nation.SignedTrustListAsync(_nation.Entry());
        AssertRefused("The trust-list signer is not issued by the pinned root.", signed, other.Root.RawData);
    }

    [Fact]
    public async Task An_expired_list_is_refused()
    {
        var signed = await _nation.SignedTrustListAsync(_nation.Entry());
        var outcome = TrustList.Load(signed, _nation.Root.RawData, TestNation.Now.AddDays(7));
        Assert.Equal(new TrustListOutcome.Refused("The list has expired."), outcome);
    }

    [Fact]
    public async Task A_list_older_than_the_one_known_is_refused()
    {
        var signed = await _nation.SignedTrustListAsync(_nation.Entry());
        Assert.IsType<TrustListOutcome.Loaded>(
            TrustList.Load(signed, _nation.Root.RawData, TestNation.Now, knownVersion: 7));
        Assert.Equal(
            new TrustListOutcome.Refused("The list's version 7 is older than 8."),
            TrustList.Load(signed, _nation.Root.RawData, TestNation.Now, knownVersion: 8));
    }

    [Fact]
    public async Task No_changed_byte_and_no_truncation_of_a_list_loads()
    {
        var signed = await _nation.SignedTrustListAsync(_nation.Entry());
        for (var index = 0; index < signed.Length; index++)
        {
            signed[index] ^= 0x10;
            Assert.IsType<TrustListOutcome.Refused>(TrustList.Load(signed, _nation.Root.RawData, TestNation.Now));
            signed[index] ^= 0x10;
            Assert.IsType<TrustListOutcome.Refused>(
                TrustList.Load(signed.AsMemory(0, index), _nation.Root.RawData, TestNation.Now));
        }
    }

    [Fact]
    public async Task A_document_signer_may_not_sign_the_list()
    {
        var content = new TrustListContent(8, TestNation.Now, TestNation.Now.AddDays(1), [_nation.Entry()]);
        var directBelowRoot = TestNation.Leaf("C=CN,CN=Test", _nation.Root, TrustProfile.DocumentSigning);
        var signed = await content.SignAsync(
            directBelowRoot.RawData, TestNation.Key(directBelowRoot), CancellationToken.None);
        AssertRefused("The signer's extended key usage is another.", signed, _nation.Root.RawData);
    }

    [Fact]
    public async Task A_bad_entry_loses_its_signer_and_not_the_list()
    {
        var outside = TestNation.Leaf(
            "C=CN,ST=310000,CN=Signer of another province", _nation.Province, TrustProfile.DocumentSigning);
        var unconstrained = TestNation.Authority("C=CN,ST=310000,CN=Unconstrained CA", _nation.Root, 0, null);
        var foreign = TestNation.Authority("C=CN,ST=310000,CN=Constrained elsewhere", _nation.Root, 0, "130000");
        var deep = TestNation.Authority("C=CN,ST=310000,CN=May make CAs", _nation.Root, 1, "310000");
        var tls = TestNation.Leaf("C=CN,ST=130000,CN=Server", _nation.Province, "1.3.6.1.5.5.7.3.1");
        var lookAlike = TestNation.Authority("C=CN,ST=130000,CN=Test province CA", null, 0, "130000");
        var entries = new[]
        {
            Entry(outside.RawData, _nation.Province.RawData),
            Entry(Signer("310000", unconstrained), unconstrained.RawData),
            Entry(Signer("310000", foreign), foreign.RawData),
            Entry(Signer("310000", deep), deep.RawData),
            Entry(tls.RawData, _nation.Province.RawData),
            Entry(Signer("130000", lookAlike), lookAlike.RawData),
            Entry(_nation.Signer.RawData, _nation.Root.RawData),
            Entry([0x30, 0x00], _nation.Province.RawData),
            _nation.Entry(),
        };
        var list = await _nation.TrustAsync(entries);
        Assert.Equal(_nation.Issuer.KeyId, Assert.Single(list.Signers).KeyId);
        Assert.Equal(
            [
                "Entry 0: The signer lies outside the division of its CA.",
                "Entry 1: The province CA is not constrained to its own division.",
                "Entry 2: The province CA is not constrained to its own division.",
                "Entry 3: The province CA is no authority with path length 0.",
                "Entry 4: The signer's extended key usage is another.",
                "Entry 5: The province CA is not issued by the pinned root.",
                "Entry 6: The province CA is no authority with path length 0.",
                "Entry 7: A certificate is not of this profile.",
            ],
            list.Rejected);
    }

    [Fact]
    public async Task A_certificate_outlives_its_retired_signer_and_a_later_one_is_refused()
    {
        var retired = _nation.Entry() with { RetiredAt = TestNation.Now.AddHours(-12) };
        var trust = await _nation.TrustAsync(retired);
        var context = await _nation.ContextAsync() with { Trust = trust };
        var before = _nation.Claims();
        Assert.IsType<Verdict.Valid>(PresentationVerifier.Verify(await _nation.PresentAsync(before), context));
        var after = _nation.Claims() with
        {
            IssuedAt = TestNation.Now.AddHours(-11), NotBefore = TestNation.Now.AddHours(-11),
        };
        Assert.IsType<Verdict.UnknownSigner>(PresentationVerifier.Verify(await _nation.PresentAsync(after), context));
    }

    [Fact]
    public void A_certificate_with_a_changed_byte_is_not_taken_for_the_signer()
    {
        var der = _nation.Signer.RawData;
        var root = TrustCertificateReader.TryRead(_nation.Root.RawData)!;
        var province = TrustCertificateReader.TryRead(_nation.Province.RawData)!;
        for (var index = 0; index < der.Length; index++)
        {
            der[index] ^= 0x01;
            var read = TrustCertificateReader.TryRead(der);
            var stands = read is not null
                && TrustChain.CheckDocumentSigner(root, province, read, TestNation.Now) is null;
            Assert.False(stands, $"Byte {index} may be changed.");
            der[index] ^= 0x01;
        }
    }

    private TrustListEntry Entry(byte[] signer, byte[] province) => new(signer, province, TestNation.StatusLists);

    private static byte[] Signer(string division, X509Certificate2 authority) =>
        TestNation.Leaf($"C=CN,ST={division},CN=Signer", authority, TrustProfile.DocumentSigning).RawData;

    private static void AssertRefused(string why, byte[] signed, byte[] root) =>
        Assert.Equal(new TrustListOutcome.Refused(why), TrustList.Load(signed, root, TestNation.Now));
}
