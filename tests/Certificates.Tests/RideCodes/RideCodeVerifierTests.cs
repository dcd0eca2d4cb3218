using Ecert.Certificates.RideCodes;
using Ecert.Certificates.Suites;
using Ecert.Kernel;

namespace Ecert.Certificates.Tests.RideCodes;

public sealed class RideCodeVerifierTests
{
    private readonly RideFixture _rides = new();

    [Fact]
    public async Task A_code_made_on_the_phone_opens_and_says_what_was_granted()
    {
        var code = await _rides.CodeAsync();

        var open = Assert.IsType<RideVerdict.Open>(RideCodeVerifier.Verify(code, _rides.Context()));

        var rights = _rides.Rights();
        Assert.Equal(rights with { Custom = default }, open.Code.Rights with { Custom = default });
        Assert.Equal("12345678", open.Code.Certificate.IssuerId);
        Assert.Equal(42, open.Code.Certificate.Serial);
        Assert.Equal(new DateTimeOffset(2027, 2, 1, 0, 0, 0, TimeSpan.FromHours(8)), open.Code.Certificate.ExpiresAt);
        Assert.Equal(RideFixture.Now, open.Code.GeneratedAt);
    }

    [Theory]
    [InlineData(-61, false), InlineData(-60, true), InlineData(60, true), InlineData(61, false)]
    public async Task Past_and_future_are_refused_alike(int secondsFromNow, bool opens)
    {
        var code = await _rides.CodeAsync(RideFixture.Now.AddSeconds(secondsFromNow));

        Assert.Equal(opens, RideCodeVerifier.Verify(code, _rides.Context()) is RideVerdict.Open);
        Assert.Equal(!opens, RideCodeVerifier.Verify(code, _rides.Context()) is RideVerdict.Expired);
    }

    [Fact]
    public async Task An_authorisation_past_its_end_makes_no_good_codes()
    {
        var later = RideFixture.Now.AddDays(30);

        Assert.IsType<RideVerdict.Expired>(
            RideCodeVerifier.Verify(await _rides.CodeAsync(later), _rides.Context(later)));
    }

    [Fact]
    public async Task A_CA_index_that_is_not_known_is_said()
    {
        var context = _rides.Context() with { AuthorityKeys = new Dictionary<byte, PublicKey>() };

        Assert.Equal(
            new RideVerdict.KeyUnknown(RideFixture.Index), RideCodeVerifier.Verify(await _rides.CodeAsync(), context));
    }

    [Fact]
    public async Task An_issuer_that_certifies_itself_is_refused()
    {
        // The deployed defect: the certificate was checked with the key inside it, so that any forged code passed.
        var selfMade = await _rides.CertifyAsync(authority: _rides.IssuerKey);

        Assert.IsType<RideVerdict.BadIssuerCertificate>(
            RideCodeVerifier.Verify(await _rides.CodeAsync(certificate: selfMade), _rides.Context()));
    }

    [Fact]
    public async Task A_certificate_past_its_month_is_refused()
    {
        var old = await _rides.CertifyAsync(lastMonth: new DateOnly(2026, 10, 1));

        Assert.IsType<RideVerdict.BadIssuerCertificate>(
            RideCodeVerifier.Verify(await _rides.CodeAsync(certificate: old), _rides.Context()));
    }

    [Fact]
    public async Task Rights_that_the_issuer_did_not_sign_are_refused_though_the_rider_signed_them()
    {
        // The other deployed defect: the issuer's signature was skipped. The thief puts his own key into a good record.
        var thief = SignatureSuite.Sm2.GenerateKey();
        var authorisation = await _rides.AuthoriseAsync();
        thief.PublicKey.ToCompressed().CopyTo(authorisation, 158);

        var forged = await RideCode.CompleteAsync(authorisation, RideFixture.Now, thief, CancellationToken.None);

        Assert.IsType<RideVerdict.BadIssuerSignature>(RideCodeVerifier.Verify(forged, _rides.Context()));
    }

    [Fact]
    public async Task A_code_signed_by_another_phone_is_refused()
    {
        var code = await _rides.CodeAsync(rider: SignatureSuite.Sm2.GenerateKey());

        Assert.IsType<RideVerdict.BadRiderSignature>(RideCodeVerifier.Verify(code, _rides.Context()));
    }

    [Theory]
    [InlineData(2_000, true), InlineData(2_001, false)]
    public async Task The_ceiling_holds_to_the_fen(long fen, bool opens) => Assert.Equal(
        opens, RideCodeVerifier.Verify(await _rides.CodeAsync(), _rides.Context(amount: new Money(fen)))
            is RideVerdict.Open);

    [Fact]
    public async Task A_blacklisted_account_stays_outside_and_its_code_is_not_spent()
    {
        _rides.Blacklist.Add("6200000000000001");

        Assert.IsType<RideVerdict.Blacklisted>(RideCodeVerifier.Verify(await _rides.CodeAsync(), _rides.Context()));
        Assert.Empty(_rides.Spent);
    }

    [Fact]
    public async Task The_same_second_signed_again_is_the_same_code()
    {
        Assert.IsType<RideVerdict.Open>(RideCodeVerifier.Verify(await _rides.CodeAsync(), _rides.Context()));
        Assert.IsType<RideVerdict.Replayed>(RideCodeVerifier.Verify(await _rides.CodeAsync(), _rides.Context()));
        Assert.IsType<RideVerdict.Open>(RideCodeVerifier.Verify(
            await _rides.CodeAsync(RideFixture.Now.AddSeconds(1)), _rides.Context()));
    }

    [Fact]
    public async Task Every_truncation_and_every_added_byte_is_malformed()
    {
        var code = await _rides.CodeAsync();

        for (var size = 0; size < code.Length; size++)
            Assert.IsType<RideVerdict.Malformed>(RideCodeVerifier.Verify(code.AsSpan(0, size), _rides.Context()));
        Assert.IsType<RideVerdict.Malformed>(RideCodeVerifier.Verify([.. code, 0], _rides.Context()));
        Assert.IsType<RideVerdict.Malformed>(RideCodeVerifier.Verify(new byte[512], _rides.Context()));
    }

    [Fact]
    public async Task Every_flipped_bit_is_refused()
    {
        var code = await _rides.CodeAsync(rights: _rides.Rights(customSize: 3));
        Assert.IsType<RideVerdict.Open>(RideCodeVerifier.Verify(code, _rides.Context()));
        _rides.Spent.Clear();

        for (var bit = 0; bit < code.Length * 8; bit++)
        {
            var flipped = code.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            var opened = RideCodeVerifier.Verify(flipped, _rides.Context()) is RideVerdict.Open;
            Assert.False(opened, $"bit {bit % 8} of byte {bit / 8}");
        }
        Assert.Empty(_rides.Spent);
    }

    [Fact]
    public void Noise_of_the_right_size_is_answered()
    {
        var random = new SeededRandomSource(1179);
        for (var round = 0; round < 2_000; round++)
        {
            var noise = random.Bytes(332 + round % 33);
            (noise[0], noise[1], noise[2]) = (0x81, 1, (byte)(noise.Length - 3 - 256));
            Assert.IsType<RideVerdict.Malformed>(RideCodeVerifier.Verify(noise, _rides.Context()));
        }
    }
}
