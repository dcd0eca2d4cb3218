using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ecert.Kernel.Identifiers;

namespace Ecert.CertsDev;

/// <summary>
/// The development trust chain, read from its folder. For development and tests only: every private key lies in plain
/// files. Immutable once read; the certificates in it are shared, and nobody disposes of them.
/// </summary>
public sealed class DevelopmentChain
{
    private DevelopmentChain(string folder)
    {
        Folder = folder;
        Trust = NationalTrust.Read(this);
        Tls = TlsKeys.Read(this);
        WeChatPay = new WeChatPayKeys(
            Certificate(Layout.WeChatPayAuthority), Certificate(Layout.WeChatPayMerchant),
            Certificate(Layout.WeChatPayPlatform), Text(Layout.WeChatPayApiV3Key));
        Alipay = new AlipayKeys(
            Certificate(Layout.AlipayRoot), Certificate(Layout.AlipayApp), Certificate(Layout.AlipayPlatform));
        OAuthClients = Cast.OAuthClients.ToDictionary(id => id, id => Text(Layout.OAuthClient(id)).TrimEnd());
        ProvinceCores = Cast.Provinces.ToDictionary(DivisionCode.Parse, code => Counterpart(Layout.ProvinceCore(code)));
        RealName = Counterpart(Layout.RealName);
    }

    /// <summary>The folder everything was read from.</summary>
    public string Folder { get; }

    /// <summary>What signs e-certificates and trust lists.</summary>
    public NationalTrust Trust { get; }

    /// <summary>What servers and institutions show each other.</summary>
    public TlsKeys Tls { get; }

    /// <summary>The keys of WeChat Pay, ours and the stand-in's.</summary>
    public WeChatPayKeys WeChatPay { get; }

    /// <summary>The keys of Alipay, ours and the stand-in's.</summary>
    public AlipayKeys Alipay { get; }

    /// <summary>Each payment app's private key as JWK (ES256, for <c>private_key_jwt</c>), by client id.</summary>
    public IReadOnlyDictionary<string, string> OAuthClients { get; }

    /// <summary>What each provincial core shares with us.</summary>
    public IReadOnlyDictionary<DivisionCode, CounterpartKeys> ProvinceCores { get; }

    /// <summary>What the real-name authority shares with us.</summary>
    public CounterpartKeys RealName { get; }

    /// <summary>
    /// The folder <c>certs-dev/made</c> of the repository that the current folder lies in, or of the current folder
    /// itself where there is none.
    /// </summary>
    public static string DefaultFolder()
    {
        var current = Directory.GetCurrentDirectory();
        var root = new DirectoryInfo(current);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Gateway.sln")))
            root = root.Parent;
        return Path.Combine(root?.FullName ?? current, "certs-dev", "made");
    }

    /// <summary>
    /// Reads the chain; makes it first where there is none, or where it is of another version or about to expire.
    /// Several processes may ask at once: one makes it, the others wait.
    /// </summary>
    /// <param name="folder">Where it lies or shall lie, such as <see cref="DefaultFolder"/>.</param>
    /// <param name="time">The clock that validity is counted by.</param>
    /// <param name="force">Make it again in any case.</param>
    public static DevelopmentChain Ensure(string folder, TimeProvider time, bool force = false)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        using var mutex = new Mutex(false, MutexName(path));
        Enter(mutex);
        try
        {
            var now = time.GetUtcNow();
            if (force || !Manifest.IsFresh(path, now))
                ChainWriter.Make(path, now);
            return new DevelopmentChain(path);
        }
        finally
        {
            mutex.ReleaseMutex();
        }
    }

    internal KeyedCertificate Certificate(string path) => new(X509Certificate2.CreateFromPemFile(
        Path.Combine(Folder, $"{path}.crt"), Path.Combine(Folder, $"{path}.key")));

    internal string Text(string path) => File.ReadAllText(Path.Combine(Folder, path));

    private CounterpartKeys Counterpart(string path) => new(
        Text(Layout.SharedSecret(path)), Text(Layout.OurSm2Key(path)), Text(Layout.TheirSm2Key(path)));

    private static void Enter(Mutex mutex)
    {
        try
        {
            mutex.WaitOne();
        }
        catch (AbandonedMutexException)
        {
            // Whoever held it was killed. A folder is there whole or not at all, so that nothing needs mending.
            return;
        }
    }

    private static string MutexName(string path) =>
        "ecert-certs-dev-" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(path)), 0, 8);
}
