using System.Globalization;
using Ecert.Certificates.Presentations;
using Ecert.Certificates.Qr;
using Ecert.Certificates.Suites;
using Ecert.Kernel;

namespace Ecert.Certificates.Tests.Qr;

/// <summary>Our reader against qrencode's pictures, and beside zbarimg on our own.</summary>
public sealed class ForeignQrTests
{
    private static readonly string[] Alphabets =
    [
        "0123456789", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", "abcdefghijklmnopqrstuvwxyzABC0123456789#~",
        "国家医保服务平台电子凭证äöüß€ 0123456789abc",
    ];

    public static TheoryData<int> Versions => [.. Enumerable.Range(1, 40)];

    [ForeignQrTheory]
    [MemberData(nameof(Versions))]
    public void Every_version_and_level_that_qrencode_draws_is_read(int version)
    {
        var random = new SeededRandomSource((ulong)version);
        foreach (var level in "LMQH")
            foreach (var alphabet in Alphabets)
            {
                var text = Text(random, alphabet, level == 'H' ? 4 : 2 + 3 * version);
                var (size, margin) = (2 + Number(random, version > 20 ? 4 : 9), 1 + Number(random, 8));
                var png = ForeignProgram.QrEncode(text, "-v", version.ToString(CultureInfo.InvariantCulture),
                    "-l", level.ToString(), "-s", $"{size}", "-m", $"{margin}");
                Assert.True(
                    QrPictureReader.ReadPng(png) is QrReading.Text read && read.Value == text,
                    $"{level}, {size} pixels a module, margin {margin}: {text}");
            }
    }

    [ForeignQrTheory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(14)]
    public void Every_module_size_and_margin_is_read(int version)
    {
        for (var size = 2; size <= 10; size++)
            for (var margin = 1; margin <= 8; margin++)
            {
                var png = ForeignProgram.QrEncode(
                    "HEC1:6BF", "-v", $"{version}", "-l", "M", "-s", $"{size}", "-m", $"{margin}");
                Assert.Equal(new QrReading.Text("HEC1:6BF"), QrPictureReader.ReadPng(png));
            }
    }

    [ForeignQrTheory]
    [InlineData("--type=PNG32")]
    [InlineData("--foreground=204080", "--background=FFF0C0")]
    [InlineData("--foreground=FFFFFF", "--background=000000")]
    [InlineData("--background=FFFFFF00")]
    [InlineData("--8bit")]
    public void Colours_transparency_and_light_on_dark_are_read(params string[] options) => Assert.Equal(
        new QrReading.Text("HEC1:6BF"), QrPictureReader.ReadPng(ForeignProgram.QrEncode("HEC1:6BF", options)));

    [ForeignQrFact]
    public void What_is_not_read_is_refused_by_name()
    {
        Assert.Equal(new QrReading.Unreadable("segment.kanji"),
            QrPictureReader.ReadPng(ForeignProgram.QrEncode("医療保険", "--kanji")));
        Assert.Equal(new QrReading.NotFound(), QrPictureReader.ReadPng(ForeignProgram.QrEncode("12", "--micro")));
    }

    [ForeignQrFact]
    public async Task ZBar_and_we_read_our_own_pictures_alike()
    {
        foreach (var suite in SignatureSuite.All)
        {
            var nation = new TestNation(suite);
            string[] texts = [await nation.PresentAsync(), OneTimeCode.New(TestNation.Hebei, nation.Random).Value];
            foreach (var text in texts)
                for (var pixels = 2; pixels <= 8; pixels += 2)
                {
                    var png = QrPicture.Png(text, pixels);
                    Assert.Equal(new QrReading.Text(text), QrPictureReader.ReadPng(png));
                    Assert.Equal(text, ForeignProgram.ZBar(png));
                }
        }
    }

    private static string Text(SeededRandomSource random, string alphabet, int length) =>
        string.Concat(Enumerable.Range(0, length).Select(_ => alphabet[Number(random, alphabet.Length)]));

    private static int Number(SeededRandomSource random, int below) => random.Bytes(1)[0] % below;
}
