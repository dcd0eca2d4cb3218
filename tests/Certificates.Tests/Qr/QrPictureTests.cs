using System.ComponentModel;
using System.Diagnostics;
using System.Xml.Linq;
using Ecert.Certificates.Presentations;
using Ecert.Certificates.Qr;
using Ecert.Certificates.Suites;
using Ecert.Fixtures;
using Ecert.Kernel;
using Xunit.Abstractions;

namespace Ecert.Certificates.Tests.Qr;

public sealed class QrPictureTests(ITestOutputHelper log)
{
    [Fact]
    public async Task ZBar_reads_our_picture_of_an_offline_and_of_an_online_presentation()
    {
        var nation = new TestNation(SignatureSuite.Sm2);
        string[] texts = [await nation.PresentAsync(), OneTimeCode.New(TestNation.Hebei, nation.Random).Value];
        using var folder = new TemporaryFolder();
        foreach (var text in texts)
        {
            File.WriteAllBytes(folder.File("code.png"), QrPicture.Png(text));
            if (ReadWithZBar(folder.File("code.png")) is not { } read)
            {
                log.WriteLine("zbarimg (Debian: zbar-tools) is not installed here: nothing was checked.");
                return;
            }
            Assert.Equal(text, read);
        }
    }

    [Fact]
    public void The_vector_picture_is_an_SVG_document()
    {
        var root = XDocument.Parse(QrPicture.Svg("HEC1:NCF")).Root!;
        Assert.Equal("svg", root.Name.LocalName);
        Assert.NotNull(root.Attribute("viewBox"));
    }

    [Theory]
    [InlineData("ES256", "ES256", 377)]
    [InlineData("ES256", "SM2SM3", 385)]
    [InlineData("SM2SM3", "SM2SM3", 389)]
    public async Task The_largest_presentation_of_every_pair_of_suites_keeps_the_byte_budget(
        string issuerSuite, string holderSuite, int bytes)
    {
        // Ids of the longest form, a status place at the far end, the highest ceiling. A start of its own adds six.
        var nation = new TestNation(Suite(holderSuite));
        var issuer = new CertificateIssuer(TestNation.Hebei, nation.Issuer.KeyId, Suite(issuerSuite).GenerateKey());
        var claims = nation.Claims() with { Status = new StatusReference(ushort.MaxValue, int.MaxValue) };
        var statement = nation.Statement(ceiling: HolderStatement.HighestCeiling);
        Assert.Equal(bytes, await SizeAsync(claims));
        var laterStart = await SizeAsync(claims with { NotBefore = TestNation.Now });
        Assert.True(laterStart <= QrPicture.ByteBudget, $"{laterStart} of {QrPicture.ByteBudget} bytes");

        async Task<int> SizeAsync(CertificateClaims subject)
        {
            var certificate = await issuer.IssueAsync(subject, CancellationToken.None);
            var text = await HolderPresentation.CreateAsync(
                certificate, statement, nation.Holder, CancellationToken.None);
            Assert.True(QrPicture.Version(text) <= QrPicture.LargestVersion);
            Assert.True(Base45.TryDecode(text.AsSpan(5), out var decoded));
            return decoded.Length;
        }
    }

    private static SignatureSuite Suite(string name) => SignatureSuite.All.Single(suite => suite.Name == name);

    private static string? ReadWithZBar(string picture)
    {
        try
        {
            var start = new ProcessStartInfo("zbarimg", ["--quiet", "--raw", picture])
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            var text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return text.TrimEnd('\n');
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
