using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ecert.Adapters.Channels;
using Ecert.Adapters.Channels.Alipay;
using Ecert.Adapters.Sm;

namespace Ecert.Adapters.Tests.Channels.Alipay;

/// <summary>Reference vectors made outside this code, and the known answers Alipay publishes with its SDKs.</summary>
public sealed class AlipayVectorTests
{
    [Fact]
    public void Request_text_is_the_reference_text()
    {
        var parameters = new Dictionary<string, string>
        {
            ["version"] = "1.0",
            ["method"] = "alipay.trade.create",
            ["app_id"] = "2021000000000001",
            ["return_url"] = "",
            ["biz_content"] = """{"out_trade_no":"20260801A1","total_amount":"0.01","subject":"地铁乘车费"}""",
            ["charset"] = "utf-8",
            ["sign"] = "left out",
            ["sign_type"] = "RSA2",
            ["format"] = "JSON",
            ["notify_url"] = "https://www.example.com/notify",
            ["timestamp"] = "2026-08-01 10:00:00",
        };
        var text = AlipayParameters.RequestText(parameters);
        Assert.Equal(267, text.Length);
        Check(
            text,
            "ab9e0ea233c4bef0c51c0f98db65e297205c50fc7dd7b78905618d9e1dcb8306",
            PublishedKeys.AlipayApp,
            "m90AeD+6y1wXUm6Samt1tL1mV6OlN/6yZqJwsOBkQ2aG3siLR24JdTou/f1V3G4PuMfvqKvb5NYsI5P+MzOX0/"
                + "3dCK+kP56BUvv8fua/gK96hlNxAJQgug0I9+xeE+Tql+O3HtnTaS99eT7RMb7tt5/tL5E1oYypIqZ994RynU7z"
                + "nE7LczM0f/1SCb0YXVvQU7ihr73zvyCJJrTHOuUm1TaheCaJJpk5VmUpQk7PdPq/MI6ykbRLO14rZt9PWW/1C8"
                + "aXcmGaTkbjYLpPkBE/2zs1Brt3XyYC5mf3CPjsMcTXuWd4T/UUqKhnymE3Kl/xGMgtbUgwAifnvJ1rgkm1ZA==");
    }

    [Fact]
    public void Answer_node_is_taken_as_it_stands_on_the_wire()
    {
        const string node = """{"code":"10000","msg":"Success","out_trade_no":"20260801A1","trade"""
            + """_no":"2026080122001400000000000001"}""";
        const string signature =
            "UlF+WUkBZtWGhB+7nJc6BryzHXBcJwfa0Qsba0xOuJiwr/RdimIZoj46vDXUzRWbWMeDrhNwmYR/+m51wPzF//"
            + "NkoVNklUgttj4/diIYFASO8Q1M0RckcEf+OevKXsISrgqUsTO8K2ryfz+PaQTAliWYEWCXSckO+HOmvZXO8+ti"
            + "4aPrXYUAboueRzFhr/2sEwGMNPt6YJlho6q0p1do6zQrvaO05ksvKnha4NS0ENFTcKloSdq5zpHAHrKUgC+N2v"
            + "jH55LMURgjgEQcuiU+IiGwuFqRr4zKxJNDyVaSaI94c1pfK0QIhI5sufbBVaLFCUrQgFL0rmdyZjdvLKSMeQ==";
        Check(
            Encoding.UTF8.GetBytes(node),
            "a7140fd52167375d64aba24057c42ec209c264634536fe1752119e16f29517b4",
            PublishedKeys.Alipay,
            signature);
        var wire = "{ \"alipay_trade_query_response\" : " + node + " ,\"sign\":\"" + signature + "\"}";
        var envelope = AlipayEnvelope.Read(Encoding.UTF8.GetBytes(wire));
        Assert.Equal("alipay_trade_query_response", envelope!.NodeName);
        Assert.True(envelope.IsSignedBy(AlipayVerificationKey.From(PublishedKeys.Alipay, AlipaySignType.Rsa2)));
    }

    [Fact]
    public void Notification_text_is_the_reference_text()
    {
        var form = AlipayForm.Read(Encoding.ASCII.GetBytes(
            "trade_status=TRADE_SUCCESS&notify_time=2026-08-01+10%3A00%3A05&notify_type=trade_status_sync&"
            + "notify_id=2026080100222100000000000000000001&out_trade_no=20260801A1&total_amount=0.01&"
            + "app_id=2021000000000001&trade_no=2026080122001400000000000001&empty="));
        Check(
            AlipayParameters.Text(form!.Fields),
            "417d6f01d2411cdfcbf82cd036cbf726981b3f8b2e8189bb2a9ed7ee07e73e9d",
            PublishedKeys.Alipay,
            "koI2lW4qezzMtshil2XsKHkYat3QZBRXr4/+Ivs1FJ7SRz5ty9O6lugYSTBLmIsnEB+Md8GidwWAeQxkAEz1cu"
                + "8mlg6ufNteLeTifte7txV4oj5HR1EMO2qHre3r/ezXKMJu+TUCNMDBxBvsUAj2GmcU25p4KDQnHJS3Nh32Mcy+"
                + "kdRZXWkC8kX0Y4Z0KNx/m1NfQrRqMUZ4ovS4YCA+p0Dol83lbUXWD3EVapwTQWNDqWE/0lAe2s6Kulte1W9uoX"
                + "zuwyGGjs6472Y70+mOxFV/+YfzfAgc/3BOxnWKqU2xuBwYX5zBzY+NbhcATIgsOCe6yyOAOtrhhS+Dnw7bNg==");
    }

    [Theory]
    [InlineData(OfficialRsaCertificate, "47a27aac8ae3b5c589576f371da36dc2")]
    [InlineData(OfficialSm2Certificate, "33ab704a3a749810b8d330f651c1ca20")]
    [InlineData(PublishedKeys.AlipayAppCertificate, "d38ce85c17873f982a16b34f513a3074")]
    public void Certificate_serial_is_the_published_one(string pem, string expected) =>
        Assert.Equal(expected, AlipayCertificateSerial.Of(AlipayCertificateSerial.Read(pem)[0]));

    [Fact]
    public void Root_serial_of_the_production_root_is_the_published_one_and_other_algorithms_are_left_out()
    {
        // Only issuer and serial count, so a throw-away certificate with those of the production root answers the same.
        using var key = RSA.Create(2048);
        var name = new X500DistinguishedName(
            "CN=Ant Financial Certification Authority R1, OU=Certification Authority, O=Ant Financial, C=CN");
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var (from, to) = (DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(90));
        using var root = request.Create(
            name, X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1), from, to,
            Convert.FromHexString("1FCFA18D6A480D11"));
        var sm2 = AlipayCertificateSerial.Read(OfficialSm2Certificate)[0];
        Assert.Equal(
            "687b59193f3f462dd5336e5abf83c5d8", AlipayCertificateSerial.OfRoots([sm2, root], AlipaySignType.Rsa2));
        Assert.Equal(
            "687b59193f3f462dd5336e5abf83c5d8_687b59193f3f462dd5336e5abf83c5d8",
            AlipayCertificateSerial.OfRoots([root, sm2, root], AlipaySignType.Rsa2));
        Assert.Equal(
            "33ab704a3a749810b8d330f651c1ca20", AlipayCertificateSerial.OfRoots([sm2, root], AlipaySignType.Sm2));
    }

    [Fact]
    public void Published_sm2_signature_is_accepted_and_a_changed_one_is_not()
    {
        var key = AlipayVerificationKey.From(
            "MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAEtKLsRb5wEB+656k58A2tYa3mNLBKQP7qd/o+xYfZHTtnBEUMPdLcb1GJhLRpH22BjWeCB9"
                + "M/SXPa6JWABg7gDw==",
            AlipaySignType.Sm2);
        const string signature =
            "MEUCIQDw5jNHxCm3904JqV9gTK93Mg67vLqWiweaamjVM/PoyQIga+eSzNG4/8xJK1H2h4BiHqsrz8V2C7TsoypH"
            + "4F2t4v8=";
        Assert.True(key.Verify("test"u8.ToArray(), signature));
        Assert.False(key.Verify("test "u8.ToArray(), signature));
        Assert.False(key.Verify("test"u8.ToArray(), signature.Replace("4F2t", "5F2t")));
        Assert.False(key.Verify("test"u8.ToArray(), "AAAA"));
    }

    [Fact]
    public void Sm2_key_and_signature_made_by_openssl_are_read_and_ours_are_read_by_openssl()
    {
        var (pem, publicPem) = OpenSsl.Sm2Pair();
        var signature = Sm2.Sign(Sm2Keys.PrivateKey(pem), "地铁"u8.ToArray(), plain: false);
        Assert.True(Sm2.Verify(Sm2Keys.PublicKey(publicPem), "地铁"u8.ToArray(), signature, plain: false));
        Assert.True(OpenSsl.VerifiesSm2(publicPem, "地铁"u8.ToArray(), signature));
    }

    private static void Check(byte[] text, string sha256, string publicKey, string signature)
    {
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(text)));
        Assert.True(RsaSha256.Verify(RsaSha256.PublicKey(publicKey), text, signature));
        Assert.True(OpenSsl.VerifiesRsa(publicKey, text, signature));
    }

    /// <summary>A certificate out of Alipay's own SDK tests, with the serial they expect.</summary>
    private const string OfficialRsaCertificate = """
        -----BEGIN CERTIFICATE-----
        MIIEpTCCA42gAwIBAgIQICESCb1BFjGQiGqlxBNrvzANBgkqhkiG9w0BAQsFADCBgjELMAkGA1UE
        BhMCQ04xFjAUBgNVBAoMDUFudCBGaW5hbmNpYWwxIDAeBgNVBAsMF0NlcnRpZmljYXRpb24gQXV0
        aG9yaXR5MTkwNwYDVQQDDDBBbnQgRmluYW5jaWFsIENlcnRpZmljYXRpb24gQXV0aG9yaXR5IENs
        YXNzIDEgUjEwHhcNMjExMjA5MDg0NjExWhcNMjMxMjA5MDg0NjExWjBtMQswCQYDVQQGEwJDTjEh
        MB8GA1UECgwY56KR5b+Z5aWg5rWL6K+V55qE5YWs5Y+4MQ8wDQYDVQQLDAZBbGlwYXkxKjAoBgNV
        BAMMITIwODgzNDExMjYzNDI2MzEtMjAyMTAwMzEwMjYxNjAxOTCCASIwDQYJKoZIhvcNAQEBBQAD
        ggEPADCCAQoCggEBALS+v2J6N/g2zM5vb1YSzLcB4wgcDbkCNnImEizTY1CngEsNAzYol7DNcla7
        t/j81dH0y1QnA3IctzaLhU/T3NK+k8yqVJ48kyWoPsxQopdissMy+EtNIwI3dC/DlCVWnSFL20B1
        FynDZa/4bDFBSyglsxloIu9vZB4bhGxe3YT4kKvRHXYmeV61HsTYm22cdSPbk9HqsXX9PXU5p6UZ
        B3Jc/i50v+tYVpVX9D9Mi7+8aWXlKmrhqPLhJMPa5FvWuhWCzmDz8Bwj2MFE/ntxGeCIFmY+YJuT
        5xd2Fyu70pT6PVXnq93OomUxdmTE2N1delvrMQD2ncqXDEwLSY300ccCAwEAAaOCASkwggElMB8G
        A1UdIwQYMBaAFHEH4gRhFuTl8mXrMQ/J4PQ8mtWRMB0GA1UdDgQWBBTCl5ZAM7njmBlzH+CKe8E+
        XEw5GzBABgNVHSAEOTA3MDUGB2CBHAFuAQEwKjAoBggrBgEFBQcCARYcaHR0cDovL2NhLmFsaXBh
        eS5jb20vY3BzLnBkZjAOBgNVHQ8BAf8EBAMCBsAwLwYDVR0fBCgwJjAkoCKgIIYeaHR0cDovL2Nh
        LmFsaXBheS5jb20vY3JsNjAuY3JsMGAGCCsGAQUFBwEBBFQwUjAoBggrBgEFBQcwAoYcaHR0cDov
        L2NhLmFsaXBheS5jb20vY2E2LmNlcjAmBggrBgEFBQcwAYYaaHR0cDovL2NhLmFsaXBheS5jb206
        ODM0MC8wDQYJKoZIhvcNAQELBQADggEBAEjCXZVzaMp0FJ+5Zj48lVpns18jvWCOSYUAX6VFlkxK
        T8+wwbhy5mEbZtjA0sYY9FVlktG8C/XtF+tn+N8MdjPb1ok0j160niVU2dElEFHn61qrtC/USDiP
        KPWYG98qzX7do+D+Ben4gvMevpkSS4kwdHhRQdNIPCp28uSuSYCKW977OxBKAwGzG6YsEBP+B/Fp
        EvUqmBbZgV0QeEntgXMEGovl43KI1hQ3ULHsd4DIDQsKjxzHp1G99/JMFOGiFU+y5Paa4BGqg1Ss
        xvivLjqDe3Q7SEjbc0A+7IGZORzJ+9EnqJdd27toRTUhT7rxd0itRqLYkeIcqAb5oE+y5+M=
        -----END CERTIFICATE-----
        """;

    /// <summary>An SM2 one out of the same tests.</summary>
    private const string OfficialSm2Certificate = """
        -----BEGIN CERTIFICATE-----
        MIICLjCCAdOgAwIBAgIQIBkRFb6w7pqtmULRNvJHtDAMBggqgRzPVQGDdQUAMIGE
        MQswCQYDVQQGEwJDTjEWMBQGA1UECgwNQW50IEZpbmFuY2lhbDElMCMGA1UECwwc
        Q2VydGlmaWNhdGlvbiBBdXRob3JpdHkgdGVzdDE2MDQGA1UEAwwtQW50IEZpbmFu
        Y2lhbCBDZXJ0aWZpY2F0aW9uIEF1dGhvcml0eSBTMSB0ZXN0MB4XDTE5MTExNTA3
        NTMyN1oXDTIyMTExNDA3NTMyN1owVjELMAkGA1UEBhMCQ04xEzARBgNVBAoMCnJl
        c3TmtYvor5UxDzANBgNVBAsMBmFsaXBheTEhMB8GA1UEAwwYMTIzNDU2Nzg5MDA5
        ODc2NTQzMjExMjM0MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAERPDnzgyn7LI1
        wMyKHFrLTfxbVG2+hoDbZuy30ykrh1N50moR5GQecxXABpd6hRkPOENj+tuMQL8f
        3gJzcBl7sqNSMFAwHwYDVR0jBBgwFoAUJF/rdWc4prkOMF6f4lcd+t/NBrgwHQYD
        VR0OBBYEFA3Jmcmg7L4mg6YZtNd/EWDtcIYoMA4GA1UdDwEB/wQEAwIGwDAMBggq
        gRzPVQGDdQUAA0cAMEQCICXvkFdEsB/civLi0vE8QRDA3dljv64T6aKAbsOonl8c
        AiBVtpMVM5HwOZ5CiF1o66GoUTcYNt3e2tS9Sp63PP7LLg==
        -----END CERTIFICATE-----
        """;
}
