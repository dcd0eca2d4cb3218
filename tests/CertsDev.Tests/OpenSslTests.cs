using Ecert.Fixtures;

namespace Ecert.CertsDev.Tests;

public sealed class OpenSslTests(ChainFixture made) : IClassFixture<ChainFixture>
{
    [Theory]
    [InlineData("130000")]
    [InlineData("310000")]
    public void OpenSSL_verifies_a_document_signer_up_to_the_root(string province)
    {
        var output = OpenSsl.Run(
            0, "verify", "-x509_strict", "-CAfile", made.File("trust/root.crt"), "-purpose", "any",
            "-untrusted", made.File($"trust/{province}/ca.crt"), made.File($"trust/{province}/document-signer.crt"));
        Assert.Contains("OK", output);
    }

    [Fact]
    public void OpenSSL_verifies_the_trust_list_signer() => OpenSsl.Run(
        0, "verify", "-x509_strict", "-CAfile", made.File("trust/root.crt"), made.File("trust/trust-list-signer.crt"));

    [Fact]
    public void A_document_signer_does_not_verify_below_the_other_province() => OpenSsl.Run(
        2, "verify", "-CAfile", made.File("trust/root.crt"), "-untrusted", made.File("trust/310000/ca.crt"),
        made.File("trust/130000/document-signer.crt"));

    [Theory]
    [InlineData("gateway")]
    [InlineData("identity")]
    [InlineData("sandbox")]
    public void OpenSSL_takes_a_server_certificate_for_localhost_and_both_loopback_addresses(string server)
    {
        var (authority, certificate) = (made.File("tls/ca.crt"), made.File($"tls/servers/{server}.crt"));
        string[][] names = [["-verify_hostname", "localhost"], ["-verify_ip", "127.0.0.1"], ["-verify_ip", "::1"]];
        foreach (var name in names)
            OpenSsl.Run(
                0, ["verify", "-x509_strict", "-CAfile", authority, "-purpose", "sslserver", .. name, certificate]);
        OpenSsl.Run(2, "verify", "-CAfile", authority, "-purpose", "sslclient", certificate);
    }

    public static TheoryData<string> Institutions => [.. Cast.Institutions];

    [Theory, MemberData(nameof(Institutions))]
    public void OpenSSL_takes_an_institution_as_a_client_and_prints_its_urn(string code)
    {
        OpenSsl.Run(
            0, "verify", "-x509_strict", "-CAfile", made.File("tls/ca.crt"), "-purpose", "sslclient",
            "-crl_check", "-CRLfile", made.File("tls/ca.crl"), made.File($"tls/clients/{code}.crt"));
        var names = OpenSsl.Run(
            0, "x509", "-noout", "-ext", "subjectAltName", "-in", made.File($"tls/clients/{code}.crt"));
        Assert.Contains($"URI:urn:ecert:institution:{code}", names);
    }

    [Theory]
    [InlineData("expired", "certificate has expired")]
    [InlineData("not-yet-valid", "certificate is not yet valid")]
    [InlineData("revoked", "certificate revoked")]
    [InlineData("wrong-usage", "unsuitable certificate purpose")]
    [InlineData("look-alike", "self-signed certificate")]
    public void OpenSSL_turns_a_bad_sample_away_for_what_is_wrong_with_it(string sample, string why)
    {
        var output = OpenSsl.Run(
            2, "verify", "-CAfile", made.File("tls/ca.crt"), "-purpose", "sslclient", "-crl_check",
            "-CRLfile", made.File("tls/ca.crl"), made.File($"tls/samples/{sample}.crt"));
        Assert.Contains(why, output);
    }

    [Fact]
    public void OpenSSL_verifies_the_revocation_list()
    {
        var output = OpenSsl.Run(
            0, "crl", "-noout", "-text", "-in", made.File("tls/ca.crl"), "-CAfile", made.File("tls/ca.crt"));
        Assert.Contains("verify OK", output);
        Assert.Contains(made.Chain.Tls.Samples["revoked"].SerialNumber, output);
    }

    [Theory]
    [InlineData("channels/wechat-pay/ca", "channels/wechat-pay/merchant")]
    [InlineData("channels/wechat-pay/ca", "channels/wechat-pay/platform")]
    [InlineData("channels/alipay/root", "channels/alipay/app")]
    [InlineData("channels/alipay/root", "channels/alipay/platform")]
    public void OpenSSL_verifies_a_channel_certificate_and_its_key_fits(string authority, string certificate)
    {
        OpenSsl.Run(
            0, "verify", "-x509_strict", "-CAfile", made.File($"{authority}.crt"), made.File($"{certificate}.crt"));
        var inCertificate = OpenSsl.Run(0, "x509", "-noout", "-pubkey", "-in", made.File($"{certificate}.crt"));
        Assert.Equal(inCertificate, OpenSsl.Run(0, "pkey", "-pubout", "-in", made.File($"{certificate}.key")));
    }

    [Fact]
    public void OpenSSL_reads_an_SM2_key_and_finds_it_consistent()
    {
        var output = OpenSsl.Run(
            0, "pkey", "-check", "-noout", "-text", "-in", made.File("counterparts/130000/ours-sm2.key"));
        Assert.Contains("Key is valid", output);
        Assert.Contains("SM2", output);
    }
}
