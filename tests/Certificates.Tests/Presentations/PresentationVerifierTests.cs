using Ecert.Certificates.Presentations;
using Ecert.Certificates.Qr;
using Ecert.Certificates.Status;
using Ecert.Certificates.Suites;
using Ecert.Fixtures;
using Ecert.Kernel;

namespace Ecert.Certificates.Tests.Presentations;

public sealed class PresentationVerifierTests
{
    public static TheoryData<string> Suites => [.. SignatureSuite.All.Select(suite => suite.Name)];

    private static TestNation Nation(string suite) =>
        new(SignatureSuite.All.Single(candidate => candidate.Name == suite));

    [Theory, MemberData(nameof(Suites))]
    public async Task A_fresh_presentation_is_valid_and_says_what_was_issued(string suite)
    {
        var nation = Nation(suite);
        var claims = nation.Claims();
        var text = await nation.PresentAsync(claims);
        var verdict = PresentationVerifier.Verify(text, await nation.ContextAsync());
        var valid = Assert.IsType<Verdict.Valid>(verdict);
        Assert.Equal(claims, valid.Claims);
        Assert.Equal(TestNation.Now.AddHours(-2), valid.AsOf);
    }

    [Theory, MemberData(nameof(Suites))]
    public async Task Every_truncation_is_malformed(string suite)
    {
        var nation = Nation(suite);
        var context = await nation.ContextAsync();
        var text = await nation.PresentAsync();
        for (var length = 0; length < text.Length; length++)
            Assert.IsType<Verdict.Malformed>(PresentationVerifier.Verify(text[..length], context));
    }

    [Theory, MemberData(nameof(Suites))]
    public async Task Every_single_bit_flip_is_refused(string suite)
    {
        var nation = Nation(suite);
        var context = await nation.ContextAsync();
        var text = await nation.PresentAsync();
        Assert.True(Base45.TryDecode(text.AsSpan(5), out var bytes));
        var seen = new Dictionary<string, int>();
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << bit % 8);
            var verdict = PresentationVerifier.Verify("HEC1:" + Base45.Encode(bytes), context);
            Assert.IsNotType<Verdict.Valid>(verdict);
            seen[verdict.Code] = seen.GetValueOrDefault(verdict.Code) + 1;
            bytes[bit / 8] ^= (byte)(1 << bit % 8);
        }
        string[] possible = ["MALFORMED", "UNKNOWN_SIGNER", "BAD_ISSUER_SIGNATURE", "BAD_HOLDER_SIGNATURE"];
        Assert.Equal(possible.Order(), seen.Keys.Order());
    }

    [Fact]
    public async Task The_largest_presentation_fits_version_15_at_level_M()
    {
        var nation = Nation(SignatureSuite.Sm2.Name);
        var claims = nation.Claims() with
        {
            NotBefore = TestNation.Now.AddHours(-1), Status = new StatusReference(ushort.MaxValue, int.MaxValue),
        };
        var text = await nation.PresentAsync(claims, nation.Statement(ceiling: HolderStatement.HighestCeiling));
        Assert.True(text.Length <= 600, $"{text.Length} characters");
        Assert.True(QrPicture.Version(text) <= QrPicture.LargestVersion);
    }

    [Fact]
    public async Task An_expired_certificate_is_expired()
    {
        var nation = Nation("ES256");
        var claims = nation.Claims() with { ExpiresAt = TestNation.Now };
        var verdict = PresentationVerifier.Verify(await nation.PresentAsync(claims), await nation.ContextAsync());
        Assert.Equal(new Verdict.Expired(TestNation.Now), verdict);
    }

    [Fact]
    public async Task A_certificate_of_tomorrow_is_not_yet_valid()
    {
        var nation = Nation("ES256");
        var claims = nation.Claims() with { NotBefore = TestNation.Now.AddDays(1) };
        var verdict = PresentationVerifier.Verify(await nation.PresentAsync(claims), await nation.ContextAsync());
        Assert.Equal(new Verdict.NotYetValid(TestNation.Now.AddDays(1)), verdict);
    }

    [Theory]
    [InlineData(-90, "STALE")]
    [InlineData(-89, "VALID")]
    [InlineData(30, "VALID")]
    [InlineData(31, "NOT_YET_VALID")]
    [InlineData(int.MaxValue, "NOT_YET_VALID")]
    public async Task A_statement_is_fresh_for_a_minute_and_the_skew_of_clocks(int secondsFromNow, string code)
    {
        var nation = Nation("ES256");
        var statement = nation.Statement() with { MadeAt = TestNation.Now.AddSeconds(secondsFromNow) };
        var text = await nation.PresentAsync(statement: statement);
        Assert.Equal(code, PresentationVerifier.Verify(text, await nation.ContextAsync()).Code);
    }

    [Fact]
    public async Task A_presentation_is_admitted_once()
    {
        var nation = Nation("ES256");
        var guard = new MemoryReplayGuard(new ManualTimeProvider());
        var context = await nation.ContextAsync() with { Replay = guard.Admit };
        var text = await nation.PresentAsync();
        Assert.IsType<Verdict.Valid>(PresentationVerifier.Verify(text, context));
        Assert.IsType<Verdict.Replayed>(PresentationVerifier.Verify(text, context));
    }

    [Fact]
    public async Task A_presentation_for_another_kind_of_place_is_refused()
    {
        var nation = Nation("ES256");
        var context = await nation.ContextAsync() with { Audience = AudienceKind.Transit };
        var verdict = PresentationVerifier.Verify(await nation.PresentAsync(), context);
        Assert.Equal(new Verdict.WrongAudience(AudienceKind.Medical), verdict);
    }

    [Theory]
    [InlineData(5000, "VALID")]
    [InlineData(5001, "ABOVE_CEILING")]
    public async Task An_amount_may_reach_the_ceiling_and_not_pass_it(long fen, string code)
    {
        var nation = Nation("ES256");
        var text = await nation.PresentAsync(statement: nation.Statement(ceiling: new Money(5000)));
        var context = await nation.ContextAsync() with { Amount = new Money(fen) };
        Assert.Equal(code, PresentationVerifier.Verify(text, context).Code);
    }

    [Fact]
    public async Task An_amount_above_the_policy_must_go_online()
    {
        var nation = Nation("ES256");
        var context = await nation.ContextAsync() with
        {
            Amount = new Money(10_001), Policy = new VerificationPolicy { OfflineCeiling = new Money(10_000) },
        };
        var verdict = PresentationVerifier.Verify(await nation.PresentAsync(), context);
        Assert.Equal(new Verdict.MustGoOnline(OnlineReason.AmountTooHigh), verdict);
    }

    [Theory]
    [InlineData(CertificateStatus.Valid, "VALID")]
    [InlineData(CertificateStatus.Revoked, "REVOKED")]
    [InlineData(CertificateStatus.Suspended, "SUSPENDED")]
    [InlineData(CertificateStatus.Reserved, "MUST_GO_ONLINE")]
    public async Task The_status_list_decides(CertificateStatus status, string code)
    {
        var nation = Nation("ES256");
        var context = await nation.ContextAsync(status);
        Assert.Equal(code, PresentationVerifier.Verify(await nation.PresentAsync(), context).Code);
    }

    [Theory]
    [InlineData(CertificateStatus.Valid, "MUST_GO_ONLINE")]
    [InlineData(CertificateStatus.Revoked, "REVOKED")]
    public async Task An_old_list_can_refuse_and_not_admit(CertificateStatus status, string code)
    {
        var nation = Nation("ES256");
        var context = await nation.ContextAsync();
        var old = await nation.StatusAsync(context.Trust, status, TestNation.Now.AddHours(-25));
        var verdict = PresentationVerifier.Verify(await nation.PresentAsync(), context with { Status = old });
        Assert.Equal(code, verdict.Code);
    }

    [Fact]
    public async Task Without_a_status_list_the_policy_decides()
    {
        var nation = Nation("ES256");
        var context = await nation.ContextAsync() with { Status = StatusLists.None };
        var text = await nation.PresentAsync();
        Assert.Equal(
            new Verdict.MustGoOnline(OnlineReason.StatusUnknown), PresentationVerifier.Verify(text, context));
        var lenient = context with { Policy = new VerificationPolicy { MaximumStatusAge = null } };
        var valid = Assert.IsType<Verdict.Valid>(PresentationVerifier.Verify(text, lenient));
        Assert.Equal(valid.Claims.IssuedAt, valid.AsOf);
    }

    [Fact]
    public async Task An_expired_trust_list_sends_online()
    {
        var nation = Nation("ES256");
        var context = await nation.ContextAsync();
        var verdict = PresentationVerifier.Verify(
            await nation.PresentAsync(), context with { Now = context.Trust.ExpiresAt });
        Assert.Equal(new Verdict.MustGoOnline(OnlineReason.TrustListExpired), verdict);
    }

    [Fact]
    public async Task A_one_time_code_must_go_online()
    {
        var nation = Nation("ES256");
        var code = OneTimeCode.New(TestNation.Hebei, nation.Random);
        Assert.True(OneTimeCode.TryParse(code.Value, out var parsed));
        Assert.Equal(TestNation.Hebei, parsed.Division);
        var verdict = PresentationVerifier.Verify(code.Value, await nation.ContextAsync());
        Assert.Equal(new Verdict.MustGoOnline(OnlineReason.OneTimeCode), verdict);
    }
}
