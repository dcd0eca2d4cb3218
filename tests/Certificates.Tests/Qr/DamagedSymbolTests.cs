using Ecert.Certificates.Qr;
using Ecert.Certificates.Qr.Reading;
using Ecert.Kernel;
using QRCoder;

namespace Ecert.Certificates.Tests.Qr;

/// <summary>Damage is mended up to the standard's limit and refused beyond it, wherever in the symbol it is.</summary>
public sealed class DamagedSymbolTests
{
    private const string Text = "HEC1:6BFOX";
    private static readonly QRCodeGenerator.ECCLevel[] Levels =
    [
        QRCodeGenerator.ECCLevel.L, QRCodeGenerator.ECCLevel.M, QRCodeGenerator.ECCLevel.Q, QRCodeGenerator.ECCLevel.H,
    ];

    private readonly SeededRandomSource _random = new(20260103);

    public static TheoryData<int> Versions => [1, 2, 3, 5, 8, 11, 15, 20, 30];

    [Theory]
    [MemberData(nameof(Versions))]
    public void As_many_wrong_codewords_in_every_block_as_can_be_mended_are(int version)
    {
        foreach (var level in Levels)
        {
            var (modules, layout) = Symbol(level, version);
            Damage(modules, layout, Ours(level), errors: BlockTable.Correctable(version, Ours(level)));
            Assert.Equal(new QrReading.Text(Text), QrPictureReader.Read(TestPicture.Draw(modules, 3)));
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void One_wrong_codeword_more_is_refused(int version)
    {
        foreach (var level in Levels)
        {
            var (modules, layout) = Symbol(level, version);
            Damage(modules, layout, Ours(level), errors: BlockTable.Correctable(version, Ours(level)) + 1);
            Assert.Equal(
                new QrReading.Unreadable("symbol.codewords"), QrPictureReader.Read(TestPicture.Draw(modules, 3)));
        }
    }

    [Fact]
    public void Three_wrong_bits_in_both_copies_of_the_format_are_mended_and_four_are_not()
    {
        var (modules, _) = Symbol(QRCodeGenerator.ECCLevel.M, 2);
        for (var index = 0; index < 3; index++)
            FlipBoth(index);
        Assert.Equal(new QrReading.Text(Text), QrPictureReader.Read(TestPicture.Draw(modules, 4)));
        FlipBoth(3);
        Assert.IsType<QrReading.Unreadable>(QrPictureReader.Read(TestPicture.Draw(modules, 4)));

        void FlipBoth(int index)
        {
            Flip(modules, index, 8);
            Flip(modules, 8, modules.Side - 1 - index);
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(20)]
    public void One_copy_of_the_version_is_enough_with_three_wrong_bits_and_no_copy_is_refused(int version)
    {
        var (modules, _) = Symbol(QRCodeGenerator.ECCLevel.M, version);
        for (var bit = 0; bit < 18; bit++)
            modules[modules.Side - 11 + bit % 3, bit / 3] = false;
        for (var bit = 0; bit < 3; bit++)
            Flip(modules, bit, modules.Side - 11);
        Assert.Equal(new QrReading.Text(Text), QrPictureReader.Read(TestPicture.Draw(modules, 4)));
        for (var bit = 0; bit < 18; bit++)
            modules[bit / 3, modules.Side - 11 + bit % 3] = true;
        Assert.Equal(
            new QrReading.Unreadable("symbol.version"), QrPictureReader.Read(TestPicture.Draw(modules, 4)));
    }

    [Fact]
    public void A_missing_alignment_pattern_and_a_scratched_finder_do_not_hinder()
    {
        var (modules, _) = Symbol(QRCodeGenerator.ECCLevel.H, 2);
        for (var row = modules.Side - 9; row < modules.Side - 4; row++)
            for (var column = modules.Side - 9; column < modules.Side - 4; column++)
                modules[column, row] = false;
        modules[0, 0] = modules[6, 6] = false;
        Assert.Equal(new QrReading.Text(Text), QrPictureReader.Read(TestPicture.Draw(modules, 5)));
    }

    [Fact]
    public void Two_finders_alone_are_no_symbol()
    {
        var (modules, _) = Symbol(QRCodeGenerator.ECCLevel.M, 2);
        for (var row = 0; row < 8; row++)
            for (var column = 0; column < 8; column++)
                modules[column, row] = false;
        Assert.Equal(new QrReading.NotFound(), QrPictureReader.Read(TestPicture.Draw(modules, 4)));
    }

    /// <summary>The words are interleaved: so many rows of them are as many wrong in each block.</summary>
    private void Damage(ModuleGrid modules, SymbolLayout layout, CorrectionLevel level, int errors)
    {
        var (blocks, checkWords) = BlockTable.Of(layout.Version, level);
        var places = layout.DataModules().ToArray();
        var words = places.Length / 8;
        var perBlock = words / blocks - checkWords;
        for (var block = 0; block < blocks; block++)
            for (var error = 0; error < errors; error++)
                // Where a block has less data than can be mended, its check words are damaged for the rest.
                Spoil(error < perBlock
                    ? error * blocks + block
                    : words - checkWords * blocks + (error - perBlock) * blocks + block);

        void Spoil(int word)
        {
            var pattern = _random.Bytes(1)[0] | 1;
            for (var bit = 0; bit < 8; bit++)
                if ((pattern >> bit & 1) != 0)
                    Flip(modules, places[8 * word + bit].Column, places[8 * word + bit].Row);
        }
    }

    private static (ModuleGrid Modules, SymbolLayout Layout) Symbol(QRCodeGenerator.ECCLevel level, int version)
    {
        var modules = TestPicture.Modules(Text, level, version);
        return (modules, SymbolLayout.Of(version));
    }

    private static void Flip(ModuleGrid modules, int column, int row) => modules[column, row] = !modules[column, row];

    private static CorrectionLevel Ours(QRCodeGenerator.ECCLevel level) =>
        Enum.Parse<CorrectionLevel>(level.ToString());
}
