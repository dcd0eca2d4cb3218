using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Ecert.Adapters.Channels.Alipay;

/// <summary>
/// Alipay's keys by certificate serial. In public-key mode there is one, whatever serial is named. In certificate mode
/// a renewed certificate is taken in only when its chain leads to the configured roots.
/// </summary>
internal sealed class AlipayTrustStore
{
    private readonly AlipaySignType _type;
    private readonly TimeProvider _time;
    private readonly AlipayVerificationKey? _publicKey;
    private readonly X509Certificate2Collection _roots = [];
    private readonly X509Certificate2Collection _known = [];
    private readonly ConcurrentDictionary<string, AlipayVerificationKey> _bySerial =
        new(StringComparer.OrdinalIgnoreCase);

    public AlipayTrustStore(AlipayOptions options, TimeProvider time)
    {
        (_type, _time) = (options.SignType, time);
        if (options.Trust is AlipayTrust.PublicKey bare)
        {
            _publicKey = AlipayVerificationKey.From(bare.AlipayPublicKey, _type);
            return;
        }
        var trust = (AlipayTrust.Certificates)options.Trust;
        _roots = AlipayCertificateSerial.Read(trust.RootCertificatesPem);
        _known = AlipayCertificateSerial.Read(trust.AlipayCertificatesPem);
        AppSerial = AlipayCertificateSerial.Of(AlipayCertificateSerial.Read(trust.AppCertificatePem)[0]);
        RootSerial = AlipayCertificateSerial.OfRoots(_roots, _type);
        _bySerial[AlipayCertificateSerial.Of(_known[0])] = AlipayVerificationKey.From(_known[0], _type);
    }

    /// <summary><c>app_cert_sn</c>; null in public-key mode.</summary>
    public string? AppSerial { get; }

    /// <summary><c>alipay_root_cert_sn</c>; null in public-key mode.</summary>
    public string? RootSerial { get; }

    /// <summary>
    /// The keys a message may be verified with: the one it names, or every one known when it names none.
    /// </summary>
    public IReadOnlyCollection<AlipayVerificationKey> Candidates(string? serial)
    {
        if (_publicKey is not null)
            return [_publicKey];
        if (serial is null)
            return [.. _bySerial.Values];
        return _bySerial.TryGetValue(serial, out var key) ? [key] : [];
    }

    /// <summary>Whether a certificate of this serial could be taken in and is not yet.</summary>
    public bool CouldTake(string serial) => _publicKey is null && !_bySerial.ContainsKey(serial);

    /// <summary>Takes a renewed certificate in, unless it is not the one asked for or not Alipay's.</summary>
    public bool TryTake(string serial, string base64)
    {
        try
        {
            var certificates = AlipayCertificateSerial.Read(Encoding.UTF8.GetString(Convert.FromBase64String(base64)));
            if (certificates.Count == 0 || AlipayCertificateSerial.Of(certificates[0]) != serial.ToLowerInvariant()
                || !LeadsToRoot(certificates))
                return false;
            _bySerial[serial] = AlipayVerificationKey.From(certificates[0], _type);
            return true;
        }
        catch (Exception error) when (error is FormatException or CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    private bool LeadsToRoot(X509Certificate2Collection certificates)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        // Alipay publishes revocations on hosts a gateway seldom may reach; withdrawal is a new root bundle.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = _time.GetUtcNow().UtcDateTime;
        chain.ChainPolicy.CustomTrustStore.AddRange(_roots);
        chain.ChainPolicy.ExtraStore.AddRange(certificates);
        chain.ChainPolicy.ExtraStore.AddRange(_known);
        return chain.Build(certificates[0]);
    }
}
