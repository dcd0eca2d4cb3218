using System.Runtime.Versioning;
using System.Text.Json;
using Ecert.Certificates.Suites;
using Ecert.Certificates.Trust;
using Ecert.Fixtures;
using Ecert.Kernel.Identifiers;

namespace Ecert.CertsDev.Tests;

public sealed class DevelopmentChainTests(ChainFixture made) : IClassFixture<ChainFixture>
{
    [Fact]
    public void A_second_call_reads_what_the_first_made()
    {
        var again = DevelopmentChain.Ensure(made.Chain.Folder, TimeProvider.System);
        Assert.Equal(
            made.Chain.Trust.Root.Certificate.Thumbprint, again.Trust.Root.Certificate.Thumbprint);
        Assert.Equal(made.Chain.WeChatPay.ApiV3Key, again.WeChatPay.ApiV3Key);
    }

    [Fact]
    public void A_chain_that_soon_expires_or_is_half_a_chain_is_made_again()
    {
        using var temporary = new TemporaryFolder();
        var time = new ManualTimeProvider();
        var first = DevelopmentChain.Ensure(temporary.File("made"), time);
        time.Advance(TimeSpan.FromDays(701));
        var second = DevelopmentChain.Ensure(first.Folder, time);
        Assert.NotEqual(first.Trust.Root.Certificate.Thumbprint, second.Trust.Root.Certificate.Thumbprint);
        File.Delete(Path.Combine(first.Folder, "manifest.json"));
        var third = DevelopmentChain.Ensure(first.Folder, time);
        Assert.NotEqual(second.Trust.Root.Certificate.Thumbprint, third.Trust.Root.Certificate.Thumbprint);
        Assert.Equal(["made"], Directory.GetFileSystemEntries(temporary.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Several_at_once_get_the_same_chain()
    {
        using var temporary = new TemporaryFolder();
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            Task.Run(() => DevelopmentChain.Ensure(temporary.File("made"), TimeProvider.System))));
        Assert.Single(all.Select(chain => chain.Trust.Root.Certificate.Thumbprint).Distinct());
    }

    [Fact, UnsupportedOSPlatform("windows")]
    public void Nobody_but_the_owner_may_read_a_file()
    {
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        var entries = Directory.GetFileSystemEntries(made.Chain.Folder, "*", SearchOption.AllDirectories);
        Assert.True(entries.Length > 60, $"{entries.Length} files");
        Assert.All(entries, entry => Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(entry) & others));
    }

    [Fact]
    public async Task The_signed_trust_list_loads_with_nothing_but_the_root()
    {
        var now = TimeProvider.System.GetUtcNow();
        var signed = await made.Chain.Trust.SignTrustListAsync(
            1, now, TimeSpan.FromDays(7), division => new Uri($"https://localhost/status-lists/{division}"), default);
        var outcome = TrustList.Load(signed, made.Chain.Trust.Root.Certificate.RawData, now);
        var list = Assert.IsType<TrustListOutcome.Loaded>(outcome).List;
        Assert.Empty(list.Rejected);
        Assert.Equal(["130000", "310000"], list.Signers.Select(signer => signer.Division.Value));
        var issuer = made.Chain.Trust.Issuer(DivisionCode.Parse("310000"));
        Assert.Equal("310000", Assert.Single(list.Find(issuer.KeyId)).Division.Value);
    }

    [Fact]
    public void Every_payment_app_has_a_private_JWK_of_its_own()
    {
        var keys = Cast.OAuthClients.Select(id => JsonDocument.Parse(made.Chain.OAuthClients[id]).RootElement).ToList();
        Assert.All(keys, key =>
        {
            Assert.Equal("ES256", key.GetProperty("alg").GetString());
            Assert.Equal(43, key.GetProperty("d").GetString()!.Length);
            Assert.False(PublicKey.TryFromJwk(key, out _));
        });
        Assert.Equal(3, keys.Select(key => key.GetProperty("kid").GetString()).Distinct().Count());
    }

    [Fact]
    public void Secrets_are_32_characters_and_SM2_keys_can_be_read()
    {
        Assert.Equal(32, made.Chain.WeChatPay.ApiV3Key.Length);
        Assert.All(made.Chain.ProvinceCores.Values.Append(made.Chain.RealName), keys =>
        {
            Assert.Equal(32, keys.SharedSecret.Length);
            var ours = SignatureSuite.Sm2.ImportPem(keys.OurSm2KeyPem).PublicKey;
            Assert.NotEqual(ours, SignatureSuite.Sm2.ImportPem(keys.TheirSm2KeyPem).PublicKey);
        });
    }
}
