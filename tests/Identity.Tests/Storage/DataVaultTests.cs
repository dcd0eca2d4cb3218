using System.Security.Cryptography;
using Ecert.Identity.Storage;
using Ecert.Identity.Tests.Support;
using Ecert.Kernel;

namespace Ecert.Identity.Tests.Storage;

public sealed class DataVaultTests(TestIdentity identity) : IClassFixture<TestIdentity>
{
    private readonly DataVault _vault = new(identity.Options, RandomSource.System);

    [Fact]
    public void A_sealed_value_opens_for_its_purpose_alone()
    {
        var box = _vault.Seal("person a", "secret");
        Assert.Equal("secret", _vault.Open<string>("person a", box));
        Assert.ThrowsAny<CryptographicException>(() => _vault.Open<string>("person b", box));
    }

    [Fact]
    public void A_changed_box_does_not_open()
    {
        var box = _vault.Seal("person a", "secret");
        for (var at = 0; at < box.Length; at++)
        {
            box[at] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => _vault.Open<string>("person a", box));
            box[at] ^= 1;
        }
        Assert.ThrowsAny<CryptographicException>(() => _vault.Open<string>("person a", []));
    }

    [Fact]
    public void A_new_key_seals_and_the_old_one_still_opens()
    {
        var old = identity.Options.DataKeys;
        var box = _vault.Seal("person a", "secret");
        var rolled = new DataVault(
            identity.Options with
            {
                DataKeys = old with { EncryptionKeys = [new DataKey(8, new byte[32]), .. old.EncryptionKeys] },
            },
            RandomSource.System);
        Assert.Equal("secret", rolled.Open<string>("person a", box));
        Assert.Equal(8, rolled.Seal("person a", "secret")[0]);
    }
}
