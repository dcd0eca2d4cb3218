using System.Formats.Asn1;
using System.Security.Cryptography;
using Ecert.Certificates.Suites;

namespace Ecert.CertsDev;

/// <summary>The keys of WeChat Pay API v3.</summary>
/// <param name="Authority">The stand-in of the platform's own CA.</param>
/// <param name="Merchant">
/// Our certificate; its <see cref="KeyedCertificate.SerialNumber"/> names the key we sign with.
/// </param>
/// <param name="Platform">The platform's certificate: the stand-in signs with it, we encrypt to it.</param>
/// <param name="ApiV3Key">32 ASCII characters: the AES-256-GCM key of callbacks and downloads.</param>
public sealed record WeChatPayKeys(
    KeyedCertificate Authority, KeyedCertificate Merchant, KeyedCertificate Platform, string ApiV3Key);

/// <summary>The keys of Alipay's certificate mode.</summary>
/// <param name="Root">The stand-in of the root both certificates come from.</param>
/// <param name="App">Our app's certificate.</param>
/// <param name="Platform">Alipay's certificate: the stand-in signs with it.</param>
public sealed record AlipayKeys(KeyedCertificate Root, KeyedCertificate App, KeyedCertificate Platform);

/// <summary>What a counterpart of the national kind shares with us.</summary>
/// <param name="SharedSecret">32 ASCII characters.</param>
/// <param name="OurSm2KeyPem">Our SM2 private key, PKCS#8 PEM: <c>SignatureSuite.Sm2.ImportPem</c> reads it.</param>
/// <param name="TheirSm2KeyPem">The counterpart's SM2 private key, for its stand-in alone.</param>
public sealed record CounterpartKeys(string SharedSecret, string OurSm2KeyPem, string TheirSm2KeyPem)
{
    /// <summary>Our public key as the counterpart is given it: Base64 of <c>04‖X‖Y</c>.</summary>
    public string OurSm2PublicKey => PublicPoint(OurSm2KeyPem);

    /// <summary>The counterpart's public key as we are given it: Base64 of <c>04‖X‖Y</c>.</summary>
    public string TheirSm2PublicKey => PublicPoint(TheirSm2KeyPem);

    /// <summary>
    /// The counterpart's private key as centres write it, for its stand-in alone: Base64 of the 32-byte number.
    /// </summary>
    public string TheirSm2PrivateNumber
    {
        get
        {
            // PKCS#8 (RFC 5958): version, algorithm, then the EC private key (RFC 5915): version, number.
            var fields = PemEncoding.Find(TheirSm2KeyPem);
            var outer = new AsnReader(Convert.FromBase64String(TheirSm2KeyPem[fields.Base64Data]), AsnEncodingRules.DER)
                .ReadSequence();
            outer.ReadInteger();
            outer.ReadSequence();
            var inner = new AsnReader(outer.ReadOctetString(), AsnEncodingRules.DER).ReadSequence();
            inner.ReadInteger();
            return Convert.ToBase64String(inner.ReadOctetString());
        }
    }

    private static string PublicPoint(string pem) =>
        Convert.ToBase64String(SignatureSuite.Sm2.ImportPem(pem).PublicKey.ToPoint());
}
