using System.Buffers.Binary;
using System.Text;
using Ecert.Certificates.RideCodes;
using Ecert.Certificates.Suites;
using Ecert.Certificates.Trust;
using Ecert.Fixtures;

namespace Ecert.Certificates.Tests.RideCodes;

/// <summary>The record byte by byte as the published table has it, and OpenSSL's signatures inside it.</summary>
public sealed class RideRecordTests
{
    private readonly RideFixture _rides = new();

    [Fact]
    public async Task Fields_stand_where_the_table_puts_them()
    {
        var code = await _rides.CodeAsync(rights: _rides.Rights(customSize: 32));

        Assert.Equal(364, code.Length);
        Assert.Equal(0x81, code[0]);
        Assert.Equal(361, BinaryPrimitives.ReadUInt16BigEndian(code.AsSpan(1)));
        Assert.Equal("2401010000071212345678012700002A04040021", Convert.ToHexString(code, 3, 20));
        Assert.Equal(_rides.IssuerKey.PublicKey.ToCompressed(), code[23..56]);
        Assert.Equal("6200000000000001", Encoding.ASCII.GetString(code, 120, 16));
        Assert.Equal("00000000000000000000", Convert.ToHexString(code, 136, 10));
        Assert.Equal("1234567800000001010007D0", Convert.ToHexString(code, 146, 12));
        Assert.Equal(_rides.Rider.PublicKey.ToCompressed(), code[158..191]);
        Assert.Equal(
            RideFixture.Now.AddDays(30).ToUnixTimeSeconds(), BinaryPrimitives.ReadUInt32BigEndian(code.AsSpan(191)));
        Assert.Equal("003C20", Convert.ToHexString(code, 195, 3));
        Assert.Equal(0x15, code[230]);
        Assert.Equal(RideFixture.Now.ToUnixTimeSeconds(), BinaryPrimitives.ReadUInt32BigEndian(code.AsSpan(295)));
        Assert.Equal(0x15, code[299]);
    }

    [Fact]
    public async Task OpenSSL_plays_the_authority_and_the_gate_believes_it()
    {
        using var folder = new TemporaryFolder();
        OpenSsl.Run(0, "genpkey", "-algorithm", "SM2", "-out", folder.File("ca.pem"));
        var theirs = SignatureSuite.Sm2.ImportPem(File.ReadAllText(folder.File("ca.pem"))).PublicKey;
        var ours = await _rides.CertifyAsync();
        File.WriteAllBytes(folder.File("signed"), ours.Bytes[6..53].ToArray());
        OpenSsl.Run(0, "dgst", "-sm3", "-sigopt", "distid:1234567812345678", "-sign", folder.File("ca.pem"),
            "-out", folder.File("signature"), folder.File("signed"));
        var signature = TrustCertificateReader.ReadSignature(File.ReadAllBytes(folder.File("signature")));

        Assert.True(RideIssuerCertificate.TryRead([.. ours.Bytes.Span[..53], .. signature], out var certified));

        var context = _rides.Context() with
        {
            AuthorityKeys = new Dictionary<byte, PublicKey> { [RideFixture.Index] = theirs },
        };
        Assert.IsType<RideVerdict.Open>(
            RideCodeVerifier.Verify(await _rides.CodeAsync(certificate: certified), context));
    }

    [Fact]
    public void A_compressed_point_is_the_one_OpenSSL_writes()
    {
        using var folder = new TemporaryFolder();
        for (var round = 0; round < 6; round++)
        {
            OpenSsl.Run(0, "genpkey", "-algorithm", "SM2", "-out", folder.File("key.pem"));
            OpenSsl.Run(0, "ec", "-in", folder.File("key.pem"), "-pubout", "-conv_form", "compressed",
                "-outform", "DER", "-out", folder.File("public.der"));
            var compressed = File.ReadAllBytes(folder.File("public.der"))[^33..];
            var key = SignatureSuite.Sm2.ImportPem(File.ReadAllText(folder.File("key.pem"))).PublicKey;

            Assert.Equal(compressed, key.ToCompressed());
            Assert.True(PublicKey.TryFromCompressed(SignatureSuite.Sm2, compressed, out var read));
            Assert.Equal(key, read);
        }
    }

    [Fact]
    public void What_is_no_compressed_point_is_not_read()
    {
        var point = _rides.Rider.PublicKey.ToCompressed();
        byte[] tooLarge = [2, .. Enumerable.Repeat((byte)0xFF, 32)];
        byte[] otherForm = [4, .. point[1..]];

        Assert.False(PublicKey.TryFromCompressed(SignatureSuite.Sm2, point.AsSpan(0, 32), out _));
        Assert.False(PublicKey.TryFromCompressed(SignatureSuite.Sm2, otherForm, out _));
        Assert.False(PublicKey.TryFromCompressed(SignatureSuite.Sm2, tooLarge, out _));
        // About half of all X have no point: of forty in a row some are read and some are not.
        var readable = Enumerable.Range(0, 40).Count(x => PublicKey.TryFromCompressed(
            SignatureSuite.Sm2, [2, .. new byte[31], (byte)x], out _));
        Assert.InRange(readable, 5, 35);
    }
}
