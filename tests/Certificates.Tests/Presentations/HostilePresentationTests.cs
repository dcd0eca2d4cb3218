using System.Formats.Cbor;
using Ecert.Certificates.Cose;
using Ecert.Certificates.Presentations;
using Ecert.Certificates.Suites;
using Ecert.Kernel.Identifiers;

namespace Ecert.Certificates.Tests.Presentations;

public sealed class HostilePresentationTests
{
    private readonly TestNation _nation = new(SignatureSuite.Es256);

    [Theory]
    [InlineData("")]
    [InlineData("HEC1:")]
    [InlineData("hec1:NCF")]
    [InlineData("HC1:NCF")]
    [InlineData("HEC1:ncf")]
    [InlineData("1234567890123456789012013000")]
    [InlineData("https://example.org")]
    public async Task What_is_no_presentation_is_malformed(string text) =>
        Assert.IsType<Verdict.Malformed>(PresentationVerifier.Verify(text, await _nation.ContextAsync()));

    [Fact]
    public async Task A_long_text_is_malformed_before_anything_is_made_of_it()
    {
        var verdict = PresentationVerifier.Verify("HEC1:" + new string('0', 3_000_000), await _nation.ContextAsync());
        Assert.Equal(new Verdict.Malformed("presentation.prefix"), verdict);
    }

    [Fact]
    public async Task A_duplicate_key_is_malformed() => await RefusedAsync("presentation.statement.label", writer =>
    {
        writer.WriteStartMap(2);
        writer.WriteInt32(2);
        writer.WriteInt64(TestNation.Now.ToUnixTimeSeconds());
        writer.WriteInt32(2);
        writer.WriteInt64(TestNation.Now.ToUnixTimeSeconds());
        writer.WriteEndMap();
    });

    [Fact]
    public async Task Unsorted_keys_are_malformed() => await RefusedAsync("presentation.statement.label", writer =>
    {
        writer.WriteStartMap(2);
        writer.WriteInt32(4);
        writer.WriteInt32(1);
        writer.WriteInt32(2);
        writer.WriteInt64(TestNation.Now.ToUnixTimeSeconds());
        writer.WriteEndMap();
    });

    [Fact]
    public async Task A_map_of_indefinite_length_is_malformed() => await RefusedAsync(
        "presentation.statement.structure", writer =>
    {
        writer.WriteStartMap(null);
        writer.WriteEndMap();
    });

    [Fact]
    public async Task An_integer_longer_than_needed_is_malformed() => await RefusedAsync(
        "presentation.statement.time", writer =>
    {
        writer.WriteStartMap(1);
        writer.WriteInt32(2);
        writer.WriteEncodedValue([0x18, 0x01]);
        writer.WriteEndMap();
    });

    [Fact]
    public async Task An_unknown_label_is_malformed() => await RefusedAsync("presentation.statement.label", writer =>
    {
        writer.WriteStartMap(1);
        writer.WriteInt32(6);
        writer.WriteInt32(1);
        writer.WriteEndMap();
    });

    [Fact]
    public async Task A_time_beyond_the_calendar_is_malformed() => await RefusedAsync(
        "presentation.statement.time", writer =>
    {
        writer.WriteStartMap(1);
        writer.WriteInt32(2);
        writer.WriteUInt64(ulong.MaxValue);
        writer.WriteEndMap();
    });

    [Fact]
    public async Task A_byte_after_the_end_is_malformed()
    {
        var text = await _nation.PresentAsync();
        Assert.True(Base45.TryDecode(text.AsSpan(5), out var bytes));
        var verdict = PresentationVerifier.Verify(
            "HEC1:" + Base45.Encode([.. bytes, 0]), await _nation.ContextAsync());
        Assert.Equal(new Verdict.Malformed("presentation.trailing"), verdict);
    }

    [Fact]
    public async Task A_byte_after_the_certificate_is_malformed()
    {
        var certificate = await _nation.Issuer.IssueAsync(_nation.Claims(), CancellationToken.None);
        var verdict = await VerifyAsync([.. certificate.Bytes.Span, 0]);
        Assert.Equal(new Verdict.Malformed("certificate.trailing"), verdict);
    }

    [Fact]
    public async Task An_algorithm_that_is_not_the_holders_is_a_bad_holder_signature()
    {
        var certificate = await _nation.Issuer.IssueAsync(_nation.Claims(), CancellationToken.None);
        var statement = Forgery.Statement(certificate.Bytes.ToArray(), TestNation.Now);
        var header = new CoseHeader(SignatureSuite.Sm2).Encode();
        var text = await Forgery.PresentAsync(statement, _nation.Holder, header);
        Assert.IsType<Verdict.BadHolderSignature>(PresentationVerifier.Verify(text, await _nation.ContextAsync()));
    }

    [Fact]
    public async Task An_algorithm_that_is_not_the_issuers_is_a_bad_issuer_signature()
    {
        var header = new CoseHeader(SignatureSuite.Sm2, _nation.Issuer.KeyId).Encode();
        var certificate = await Forgery.SignAsync(
            header, ClaimsFormat.Encode(_nation.Claims()), TestNation.Key(_nation.Signer), tagged: true);
        Assert.IsType<Verdict.BadIssuerSignature>(await VerifyAsync(certificate));
    }

    [Fact]
    public async Task An_algorithm_of_no_suite_is_malformed()
    {
        var header = Forgery.Cbor(writer =>
        {
            writer.WriteStartMap(1);
            writer.WriteInt32(1);
            writer.WriteInt32(-8);
            writer.WriteEndMap();
        });
        var text = await Forgery.PresentAsync([0xA0], _nation.Holder, header);
        Assert.Equal(
            new Verdict.Malformed("presentation.protected.alg"),
            PresentationVerifier.Verify(text, await _nation.ContextAsync()));
    }

    [Fact]
    public async Task A_presentation_signed_with_another_key_is_a_bad_holder_signature()
    {
        var certificate = await _nation.Issuer.IssueAsync(_nation.Claims(), CancellationToken.None);
        var thief = SignatureSuite.Es256.GenerateKey();
        var text = await Forgery.PresentAsync(Forgery.Statement(certificate.Bytes.ToArray(), TestNation.Now), thief);
        Assert.IsType<Verdict.BadHolderSignature>(PresentationVerifier.Verify(text, await _nation.ContextAsync()));
    }

    [Fact]
    public async Task A_signer_that_was_never_listed_is_unknown()
    {
        var other = new TestNation(SignatureSuite.Es256);
        var text = await other.PresentAsync();
        var verdict = PresentationVerifier.Verify(text, await _nation.ContextAsync());
        Assert.Equal(new Verdict.UnknownSigner(other.Issuer.KeyId), verdict);
    }

    [Fact]
    public async Task A_look_alike_under_the_key_id_of_a_true_signer_is_a_bad_issuer_signature()
    {
        var impostor = new CertificateIssuer(
            TestNation.Hebei, _nation.Issuer.KeyId, SignatureSuite.Es256.GenerateKey());
        var certificate = await impostor.IssueAsync(_nation.Claims(), CancellationToken.None);
        Assert.IsType<Verdict.BadIssuerSignature>(await VerifyAsync(certificate.Bytes.ToArray()));
    }

    [Theory]
    [InlineData("310000", "310100")]
    [InlineData("130000", "310100")]
    public async Task A_signer_outside_its_division_is_unknown(string issuer, string place)
    {
        var claims = _nation.Claims() with
        {
            Issuer = DivisionCode.Parse(issuer), InsuredPlace = DivisionCode.Parse(place),
        };
        var header = new CoseHeader(SignatureSuite.Es256, _nation.Issuer.KeyId).Encode();
        var certificate = await Forgery.SignAsync(
            header, ClaimsFormat.Encode(claims), TestNation.Key(_nation.Signer), tagged: true);
        Assert.Equal(new Verdict.UnknownSigner(_nation.Issuer.KeyId), await VerifyAsync(certificate));
    }

    [Fact]
    public async Task A_status_list_does_not_pass_for_a_certificate()
    {
        var header = new CoseHeader(SignatureSuite.Es256, _nation.Issuer.KeyId, "application/statuslist+cwt").Encode();
        var certificate = await Forgery.SignAsync(
            header, ClaimsFormat.Encode(_nation.Claims()), TestNation.Key(_nation.Signer), tagged: true);
        Assert.Equal(new Verdict.Malformed("certificate.protected.label"), await VerifyAsync(certificate));
    }

    private async Task<Verdict> VerifyAsync(byte[] certificate)
    {
        var text = await Forgery.PresentAsync(Forgery.Statement(certificate, TestNation.Now), _nation.Holder);
        return PresentationVerifier.Verify(text, await _nation.ContextAsync());
    }

    private async Task RefusedAsync(string where, Action<CborWriter> statement)
    {
        var text = await Forgery.PresentAsync(Forgery.Cbor(statement), _nation.Holder);
        var verdict = PresentationVerifier.Verify(text, await _nation.ContextAsync());
        Assert.Equal(new Verdict.Malformed(where), verdict);
    }
}
