using System.Text;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Paddings;
using Org.BouncyCastle.Crypto.Parameters;

namespace Ecert.Sandbox.RealName;

/// <summary>
/// SM4-ECB with PKCS#7, under the key the national centres derive from id and secret of an application.
/// </summary>
internal static class Sm4
{
    private const int KeyLength = 16;

    /// <summary>
    /// The derived key: the first 16 characters, as ASCII, of the upper-case hex of the secret encrypted under the
    /// first
    /// 16 bytes of the id.
    /// </summary>
    public static byte[] DeriveKey(string appId, string appSecret)
    {
        var sealedSecret = Run(true, Encoding.UTF8.GetBytes(appId)[..KeyLength], Encoding.UTF8.GetBytes(appSecret));
        return Encoding.ASCII.GetBytes(Convert.ToHexString(sealedSecret)[..KeyLength]);
    }

    /// <summary>Encrypts to upper-case hex.</summary>
    public static string Encrypt(byte[] key, byte[] plaintext) => Convert.ToHexString(Run(true, key, plaintext));

    /// <summary>Decrypts hex; null when it is not hex or the padding is wrong.</summary>
    public static byte[]? Decrypt(byte[] key, string hex)
    {
        try
        {
            return Run(false, key, Convert.FromHexString(hex));
        }
        catch (FormatException)
        {
            return null;
        }
        catch (CryptoException)
        {
            return null;
        }
    }

    private static byte[] Run(bool forEncryption, byte[] key, byte[] input)
    {
        var cipher = new PaddedBufferedBlockCipher(new SM4Engine(), new Pkcs7Padding());
        cipher.Init(forEncryption, new KeyParameter(key));
        return cipher.DoFinal(input);
    }
}
