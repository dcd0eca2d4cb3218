using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Paddings;
using Org.BouncyCastle.Crypto.Parameters;

namespace Ecert.Adapters.Sm;

/// <summary>
/// SM4 (GB/T 32907) in ECB mode with PKCS #7 padding. Only because counterparts prescribe it: ECB shows equal blocks,
/// and the envelope's signature is what protects the content.
/// </summary>
internal static class Sm4Ecb
{
    public const int KeySize = 16;

    public static byte[] Encrypt(byte[] key, byte[] plaintext) => Transform(true, key, plaintext);

    /// <summary>The plaintext, or null when length or padding are wrong.</summary>
    public static byte[]? Decrypt(byte[] key, byte[] ciphertext)
    {
        if (ciphertext.Length == 0 || ciphertext.Length % KeySize != 0)
            return null;
        try
        {
            return Transform(false, key, ciphertext);
        }
        catch (InvalidCipherTextException)
        {
            return null;
        }
    }

    private static byte[] Transform(bool isEncryption, byte[] key, byte[] text)
    {
        var cipher = new PaddedBufferedBlockCipher(new SM4Engine(), new Pkcs7Padding());
        cipher.Init(isEncryption, new KeyParameter(key));
        return cipher.DoFinal(text);
    }
}
