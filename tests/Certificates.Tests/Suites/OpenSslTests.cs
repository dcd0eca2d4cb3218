using System.Formats.Asn1;
using System.Numerics;
using Ecert.Certificates.Suites;
using Ecert.Certificates.Trust;
using Ecert.Fixtures;
using Ecert.Kernel;

namespace Ecert.Certificates.Tests.Suites;

/// <summary>OpenSSL verifies what we sign, and we verify what OpenSSL signs.</summary>
public sealed class OpenSslTests : IDisposable
{
    private const int Rounds = 12;
    private readonly TemporaryFolder _folder = new();
    private readonly RandomSource _random = new SeededRandomSource(7);

    public static TheoryData<string> Suites => [.. SignatureSuite.All.Select(suite => suite.Name)];

    [Theory, MemberData(nameof(Suites))]
    public async Task OpenSSL_verifies_our_signatures(string name)
    {
        var suite = SignatureSuite.All.Single(candidate => candidate.Name == name);
        for (var round = 0; round < Rounds; round++)
        {
            var pem = suite.GenerateKeyPem();
            File.WriteAllText(_folder.File("key.pem"), pem);
            OpenSsl.Run(0, "pkey", "-in", _folder.File("key.pem"), "-pubout", "-out", _folder.File("public.pem"));
            var message = _random.Bytes(round * 17);
            File.WriteAllBytes(_folder.File("message"), message);
            var signature = await suite.ImportPem(pem).SignAsync(message, CancellationToken.None);
            File.WriteAllBytes(_folder.File("signature"), ToDer(signature));
            var output = OpenSsl.Run(0, [
                "dgst", .. Options(suite), "-verify", _folder.File("public.pem"),
                "-signature", _folder.File("signature"), _folder.File("message")]);
            Assert.Contains("Verified OK", output);
        }
    }

    [Theory, MemberData(nameof(Suites))]
    public void We_verify_OpenSSLs_signatures(string name)
    {
        var suite = SignatureSuite.All.Single(candidate => candidate.Name == name);
        var curve = suite == SignatureSuite.Sm2 ? "SM2" : "P-256";
        for (var round = 0; round < Rounds; round++)
        {
            OpenSsl.Run(
                0, "genpkey", "-algorithm", suite == SignatureSuite.Sm2 ? "SM2" : "EC", "-pkeyopt",
                $"ec_paramgen_curve:{curve}", "-out", _folder.File("key.pem"));
            var key = suite.ImportPem(File.ReadAllText(_folder.File("key.pem"))).PublicKey;
            var message = _random.Bytes(round * 31);
            File.WriteAllBytes(_folder.File("message"), message);
            OpenSsl.Run(0, [
                "dgst", .. Options(suite), "-sign", _folder.File("key.pem"), "-out", _folder.File("signature"),
                _folder.File("message")]);
            var signature = TrustCertificateReader.ReadSignature(File.ReadAllBytes(_folder.File("signature")));
            Assert.True(key.Verify(message, signature));
            Assert.False(key.Verify([.. message, 0], signature));
        }
    }

    public void Dispose() => _folder.Dispose();

    private static string[] Options(SignatureSuite suite) =>
        suite == SignatureSuite.Sm2 ? ["-sm3", "-sigopt", "distid:1234567812345678"] : ["-sha256"];

    private static byte[] ToDer(ReadOnlySpan<byte> raw)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new BigInteger(raw[..32], isUnsigned: true, isBigEndian: true));
            writer.WriteInteger(new BigInteger(raw[32..], isUnsigned: true, isBigEndian: true));
        }
        return writer.Encode();
    }
}
