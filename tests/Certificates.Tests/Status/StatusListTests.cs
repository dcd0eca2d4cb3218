using System.Buffers.Text;
using System.IO.Compression;
using Ecert.Certificates.Cose;
using Ecert.Certificates.Status;
using Ecert.Certificates.Suites;

namespace Ecert.Certificates.Tests.Status;

public sealed class StatusListTests
{
    private readonly TestNation _nation = new(SignatureSuite.Es256);

    [Fact]
    public void The_two_bit_example_of_the_specification_is_read()
    {
        // Token Status List §4.1 (the array) and §4.2 (its compressed form, in JSON's base64url).
        Assert.True(StatusArray.TryDecompress(Base64Url.DecodeFromChars("eNo76fITAAPfAgc"), out var array));
        int[] printed = [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3];
        Assert.Equal(printed, Enumerable.Range(0, array.Size).Select(index => (int)array[index]));
    }

    [Fact]
    public void What_is_written_is_read_back_in_every_place()
    {
        var array = new StatusArray(1001);
        for (var index = 0; index < array.Size; index++)
            array[index] = (CertificateStatus)(index * 7 % 3);
        Assert.True(StatusArray.TryDecompress(array.Compress(), out var back));
        Assert.Equal(1004, back.Size);
        for (var index = 0; index < array.Size; index++)
            Assert.Equal((CertificateStatus)(index * 7 % 3), back[index]);
        back[5] = CertificateStatus.Valid;
        Assert.Equal(CertificateStatus.Valid, back[5]);
        Assert.Equal((CertificateStatus)(4 * 7 % 3), back[4]);
    }

    [Fact]
    public void A_list_that_grows_beyond_bounds_is_refused()
    {
        using var target = new MemoryStream();
        using (var zlib = new ZLibStream(target, CompressionLevel.Fastest))
        {
            for (var count = 0; count < 17; count++)
                zlib.Write(new byte[1 << 20]);
        }
        Assert.False(StatusArray.TryDecompress(target.ToArray(), out _));
        Assert.False(StatusArray.TryDecompress(new byte[] { 1, 2, 3, 4 }, out _));
    }

    [Fact]
    public async Task A_signed_list_says_what_it_is()
    {
        var trust = await _nation.TrustAsync();
        var list = Loaded(await SignAsync(TestNation.StatusLists + "/3"), trust);
        Assert.Equal((TestNation.Hebei, 3), (list.Division, list.Number));
        Assert.Equal(CertificateStatus.Suspended, list.At(17));
        Assert.Equal(CertificateStatus.Valid, list.At(16));
        Assert.Null(list.At(100));
        Assert.Null(list.At(-1));
        Assert.Equal(TimeSpan.FromMinutes(5), list.TimeToLive);
    }

    [Theory]
    [InlineData("https://identity.example/status-lists/310000/3")]
    [InlineData("https://identity.example/status-lists/130000/03")]
    [InlineData("https://identity.example/status-lists/130000/65536")]
    [InlineData("https://identity.example/status-lists/130000/")]
    [InlineData("https://elsewhere.example/status-lists/130000/3")]
    public async Task An_address_that_is_not_the_signers_is_refused(string address)
    {
        var outcome = StatusList.Load(await SignAsync(address), await _nation.TrustAsync(), TestNation.Now);
        Assert.Equal(new StatusListOutcome.Refused("The list's address is none of its signer's."), outcome);
    }

    [Fact]
    public async Task An_expired_list_is_refused()
    {
        var signed = await SignAsync(TestNation.StatusLists + "/3");
        var outcome = StatusList.Load(signed, await _nation.TrustAsync(), TestNation.Now.AddHours(1));
        Assert.Equal(new StatusListOutcome.Refused("The list has expired."), outcome);
    }

    [Fact]
    public async Task A_list_of_an_unlisted_signer_is_refused()
    {
        var other = new TestNation(SignatureSuite.Es256);
        var outcome = StatusList.Load(
            await SignAsync(TestNation.StatusLists + "/3"), await other.TrustAsync(), TestNation.Now);
        Assert.Equal(new StatusListOutcome.Refused("The list is signed by no trusted signer."), outcome);
    }

    [Fact]
    public async Task A_certificate_does_not_pass_for_a_list()
    {
        var certificate = await _nation.Issuer.IssueAsync(_nation.Claims(), CancellationToken.None);
        var outcome = StatusList.Load(certificate.Bytes, await _nation.TrustAsync(), TestNation.Now);
        Assert.Equal(new StatusListOutcome.Refused("The list's header is not that of a status list."), outcome);
    }

    [Fact]
    public async Task No_changed_byte_and_no_truncation_of_a_list_loads()
    {
        var trust = await _nation.TrustAsync();
        var signed = await SignAsync(TestNation.StatusLists + "/3");
        for (var index = 0; index < signed.Length; index++)
        {
            signed[index] ^= 0x04;
            Assert.IsType<StatusListOutcome.Refused>(StatusList.Load(signed, trust, TestNation.Now));
            signed[index] ^= 0x04;
            Assert.IsType<StatusListOutcome.Refused>(
                StatusList.Load(signed.AsMemory(0, index), trust, TestNation.Now));
        }
    }

    [Fact]
    public async Task Of_two_lists_with_one_number_the_later_stays()
    {
        var trust = await _nation.TrustAsync();
        var later = await _nation.StatusAsync(trust, CertificateStatus.Revoked, TestNation.Now.AddMinutes(-1));
        var reference = new StatusReference(3, 12345);
        var earlier = Loaded(await SignAsync(TestNation.StatusLists + "/3"), trust);
        Assert.Equal(CertificateStatus.Revoked, later.With(earlier).Find(TestNation.Hebei, reference)!.Value.Status);
        Assert.Null(later.Find(TestNation.Hebei, reference with { List = 4 }));
        Assert.Null(later.Find(Kernel.Identifiers.DivisionCode.Parse("310000"), reference));
    }

    [Fact]
    public async Task The_header_carries_the_registered_type()
    {
        var message = CoseSign1.Decode(await SignAsync(TestNation.StatusLists + "/3"), tagged: true, "list");
        Assert.Equal("application/statuslist+cwt", message.Header.Type);
    }

    private static StatusList Loaded(byte[] signed, Certificates.Trust.TrustList trust) =>
        Assert.IsType<StatusListOutcome.Loaded>(StatusList.Load(signed, trust, TestNation.Now)).List;

    private async Task<byte[]> SignAsync(string address)
    {
        var array = new StatusArray(100) { [17] = CertificateStatus.Suspended };
        return await _nation.Issuer.SignStatusListAsync(
            new Uri(address), array, TestNation.Now.AddHours(-1), TestNation.Now.AddHours(1), TimeSpan.FromMinutes(5),
            CancellationToken.None);
    }

    [Fact]
    public void A_list_that_asks_for_a_preset_dictionary_is_refused() =>
        Assert.False(StatusArray.TryDecompress(
            Convert.FromHexString("78BB399A316B3F33C66579C587BADE"), out _));
}
