using System.Security.Cryptography;
using Ecert.Certificates.Suites;

namespace Ecert.Certificates.Tests.Suites;

public sealed class PublicKeyTests
{
    private const string X = "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4";
    private const string Y = "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM";

    // RFC 7517, A.1.
    private const string Printed =
        """
        {"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
         "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","use":"enc","kid":"1"}
        """;

    [Fact]
    public void A_printed_JWK_is_read_and_written_in_the_canonical_form()
    {
        Assert.True(PublicKey.TryFromJwk(Printed, out var key));
        Assert.Same(SignatureSuite.Es256, key.Suite);
        Assert.Equal(
            $$"""{"crv":"P-256","kty":"EC","x":"{{X}}","y":"{{Y}}"}""", key.ToJwk());
    }

    [Fact]
    public void Every_suite_goes_to_JWK_and_back()
    {
        foreach (var suite in SignatureSuite.All)
        {
            var key = suite.GenerateKey().PublicKey;
            Assert.True(PublicKey.TryFromJwk(key.ToJwk(), out var back));
            Assert.Equal(key, back);
            Assert.Equal(43, key.JwkThumbprint().Length);
        }
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"kty":"RSA","n":"AQAB","e":"AQAB"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":1,"y":2}""")]
    public void What_is_no_EC_key_is_refused(string jwk) => Assert.False(PublicKey.TryFromJwk(jwk, out _));

    [Theory]
    [InlineData("P-384", X, Y)]
    [InlineData("SM2", X, Y)]
    [InlineData("P-256", X, "5Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM")]
    [InlineData("P-256", "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7", Y)]
    [InlineData("P-256", "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D+", Y)]
    [InlineData("P-256", X, Y + "\",\"d\":\"AAAA")]
    public void What_is_no_public_key_of_a_suite_is_refused(string curve, string x, string y) =>
        Assert.False(PublicKey.TryFromJwk($$"""{"kty":"EC","crv":"{{curve}}","x":"{{x}}","y":"{{y}}"}""", out _));

    [Fact]
    public void A_signature_with_a_zero_half_is_refused_by_both_suites()
    {
        foreach (var suite in SignatureSuite.All)
        {
            var key = suite.GenerateKey().PublicKey;
            Assert.False(key.Verify("message"u8, new byte[64]));
            Assert.False(key.Verify("message"u8, [.. Enumerable.Repeat((byte)255, 64)]));
            Assert.False(key.Verify("message"u8, new byte[63]));
        }
    }

    [Fact]
    public void A_key_of_one_suite_is_not_imported_by_the_other()
    {
        Assert.Throws<CryptographicException>(
            () => SignatureSuite.Es256.ImportPem(SignatureSuite.Sm2.GenerateKeyPem()));
        Assert.Throws<CryptographicException>(
            () => SignatureSuite.Sm2.ImportPem(SignatureSuite.Es256.GenerateKeyPem()));
        Assert.All(SignatureSuite.All, suite =>
            Assert.Throws<CryptographicException>(() => suite.ImportPem("no key")));
    }
}
