using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Ecert.Sandbox.WeChatPay;

/// <summary>One key of the platform, by the serial number or public-key id that headers name it with.</summary>
internal sealed class PlatformKey
{
    private readonly Lock _lock = new();
    private readonly RSA _privateKey = RSA.Create();

    public PlatformKey(WeChatPlatformKey options)
    {
        _privateKey.ImportFromPem(options.PrivateKeyPem);
        Certificate = options.CertificatePem is { } pem ? X509Certificate2.CreateFromPem(pem) : null;
        CertificatePem = options.CertificatePem;
        Serial = options.PublicKeyId ?? Certificate?.SerialNumber
            ?? throw new ArgumentException("A platform key needs a certificate or a public-key id.");
    }

    /// <summary>The certificate's serial number in hex, or <c>PUB_KEY_ID_…</c>.</summary>
    public string Serial { get; }

    /// <summary>The certificate; null in public-key mode.</summary>
    public X509Certificate2? Certificate { get; }

    /// <summary>The certificate as it was given.</summary>
    public string? CertificatePem { get; }

    /// <summary>Signs <c>timestamp\nnonce\nbody\n</c>; Base64.</summary>
    public string Sign(long timestamp, string nonce, ReadOnlySpan<byte> body)
    {
        byte[] message = [.. Encoding.UTF8.GetBytes($"{timestamp}\n{nonce}\n"), .. body, (byte)'\n'];
        lock (_lock)
            return Convert.ToBase64String(
                _privateKey.SignData(message, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }
}

/// <summary>The keys of the platform; the first is the default.</summary>
internal sealed class PlatformKeys(IEnumerable<WeChatPlatformKey> options)
{
    /// <summary>Every key, the default first.</summary>
    public IReadOnlyList<PlatformKey> All { get; } = [.. options.Select(one => new PlatformKey(one))];

    /// <summary>The key a header names, or the default when it names none that is known.</summary>
    public PlatformKey Named(string? serial) =>
        All.FirstOrDefault(key => key.Serial.Equals(serial, StringComparison.OrdinalIgnoreCase)) ?? All[0];
}
