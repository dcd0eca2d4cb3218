using Ecert.Identity.Activation;
using Ecert.Identity.Storage;
using Ecert.Identity.Tests.Support;
using Ecert.Kernel;

namespace Ecert.Identity.Tests.Activation;

public sealed class PinTests(TestIdentity identity) : IClassFixture<TestIdentity>
{
    private const string Document = "11010519491231002X";

    [Theory]
    [InlineData("000000")]
    [InlineData("123456")]
    [InlineData("890123")]
    [InlineData("654321")]
    [InlineData("210987")]
    [InlineData("121212")]
    [InlineData("123123")]
    [InlineData("123321")]
    public void Patterns_are_refused(string pin) =>
        Assert.Equal(PinFault.TooSimple, PinRules.Check(pin, pin, Document));

    [Theory]
    [InlineData("105194")]
    [InlineData("491231")]
    [InlineData("231002")]
    public void Parts_of_the_document_number_are_refused(string pin) =>
        Assert.Equal(PinFault.InDocument, PinRules.Check(pin, pin, Document));

    [Theory]
    [InlineData("730518")]
    [InlineData("111112")]
    [InlineData("123457")]
    public void Other_pins_are_taken(string pin) => Assert.Null(PinRules.Check(pin, pin, Document));

    [Fact]
    public void A_kept_pin_tells_right_from_wrong_and_nothing_under_another_pepper()
    {
        var pins = new Pins(new DataVault(identity.Options, RandomSource.System), RandomSource.System);
        var kept = pins.Hash("730518");
        Assert.True(pins.IsRight("730518", kept));
        Assert.False(pins.IsRight("730519", kept));
        Assert.NotEqual(kept.Hash, pins.Hash("730518").Hash);

        var keys = identity.Options.DataKeys with { IndexKey = new byte[32] };
        var stolen = new Pins(
            new DataVault(identity.Options with { DataKeys = keys }, RandomSource.System), RandomSource.System);
        Assert.False(stolen.IsRight("730518", kept));
    }
}
