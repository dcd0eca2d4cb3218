using System.Security.Cryptography;
using System.Text;

namespace Ecert.Adapters.Channels.WeChatPay;

/// <summary>
/// Opens what WeChat Pay encrypts under the APIv3 key: AES-256-GCM, 12-byte nonce, tag behind the ciphertext.
/// </summary>
internal sealed class WeChatPaySeal
{
    private const string Algorithm = "AEAD_AES_256_GCM";
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private readonly byte[] _key;

    public WeChatPaySeal(string apiV3Key)
    {
        _key = Encoding.ASCII.GetBytes(apiV3Key);
        if (_key.Length != 32)
            throw new ArgumentException("An APIv3 key is 32 ASCII characters.", nameof(apiV3Key));
    }

    /// <summary>The plaintext, or null when any bit of it was changed or the form is not the documented one.</summary>
    public byte[]? Open(SealedWire? wire)
    {
        var ciphertext = new byte[wire?.Ciphertext?.Length ?? 0];
        var nonce = Encoding.UTF8.GetBytes(wire?.Nonce ?? "");
        if (wire?.Algorithm != Algorithm || nonce.Length != NonceSize
            || !Convert.TryFromBase64String(wire.Ciphertext ?? "", ciphertext, out var length) || length < TagSize)
            return null;
        var plaintext = new byte[length - TagSize];
        using var gcm = new AesGcm(_key, TagSize);
        try
        {
            gcm.Decrypt(
                nonce,
                ciphertext.AsSpan(0, length - TagSize),
                ciphertext.AsSpan(length - TagSize, TagSize),
                plaintext,
                Encoding.UTF8.GetBytes(wire.AssociatedData ?? ""));
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
        return plaintext;
    }
}
