using System.Security.Cryptography;

namespace Ecert.Adapters.Channels;

/// <summary>RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 §8.2) and Base64, as both channels use it.</summary>
internal static class RsaSha256
{
    public static string Sign(RSA key, ReadOnlySpan<byte> text) =>
        Convert.ToBase64String(key.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    /// <summary>
    /// True for a right signature only. Text that is not strict Base64 is a wrong signature, not an error: WeChat Pay
    /// sends such text on purpose to see whether one looks.
    /// </summary>
    public static bool Verify(RSA key, ReadOnlySpan<byte> text, string? signature)
    {
        var bytes = new byte[1024];
        return signature is { Length: > 0 and <= 1024 }
            && !signature.Any(char.IsWhiteSpace)
            && Convert.TryFromBase64String(signature, bytes, out var length)
            && key.VerifyData(text, bytes.AsSpan(0, length), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    /// <summary>A private key from PEM (PKCS#8 or PKCS#1).</summary>
    /// <exception cref="ArgumentException">The text is no RSA private key.</exception>
    public static RSA PrivateKey(string pem)
    {
        var key = RSA.Create();
        key.ImportFromPem(pem);
        return key;
    }

    /// <summary>A public key from PEM, or from the bare Base64 that merchant consoles show.</summary>
    /// <exception cref="ArgumentException">The text is no RSA public key.</exception>
    public static RSA PublicKey(string text)
    {
        var key = RSA.Create();
        if (text.Contains("-----BEGIN", StringComparison.Ordinal))
            key.ImportFromPem(text);
        else
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(text.Trim()), out _);
        return key;
    }
}
