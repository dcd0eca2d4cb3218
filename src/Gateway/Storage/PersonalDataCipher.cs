using System.Security.Cryptography;
using System.Text;
using Ecert.Kernel;

namespace Ecert.Gateway.Storage;

/// <summary>
/// Encrypts personal data at rest with AES-256-GCM. The place a value belongs to is authenticated with it, so that a
/// row's ciphertext cannot be moved to another row.
/// </summary>
internal sealed class PersonalDataCipher(byte[] key, RandomSource random)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>Encrypts text.</summary>
    /// <param name="text">The personal data.</param>
    /// <param name="place">What it belongs to: table and key.</param>
    /// <returns>Nonce, ciphertext and tag, in this order.</returns>
    public byte[] Protect(string text, string place)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var sealedBytes = new byte[NonceBytes + plain.Length + TagBytes];
        var nonce = sealedBytes.AsSpan(0, NonceBytes);
        random.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, sealedBytes.AsSpan(NonceBytes, plain.Length), sealedBytes.AsSpan(^TagBytes..),
            Encoding.UTF8.GetBytes(place));
        return sealedBytes;
    }

    /// <summary>Decrypts what <see cref="Protect"/> made for the same place.</summary>
    /// <exception cref="AuthenticationTagMismatchException">
    /// It was changed, moved, or made under another key.
    /// </exception>
    public string Unprotect(ReadOnlySpan<byte> sealedBytes, string place)
    {
        var plain = new byte[sealedBytes.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(sealedBytes[..NonceBytes], sealedBytes[NonceBytes..^TagBytes], sealedBytes[^TagBytes..], plain,
            Encoding.UTF8.GetBytes(place));
        return Encoding.UTF8.GetString(plain);
    }
}
