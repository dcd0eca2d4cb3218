using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ecert.Kernel;

namespace Ecert.Sandbox.WeChatPay;

/// <summary>AEAD_AES_256_GCM under the merchant's APIv3 key, as certificates and callbacks are sealed.</summary>
internal static class ResourceCipher
{
    private const string NonceAlphabet = "0123456789abcdefghijklmnopqrstuv";
    private const int TagBytes = 16;

    /// <summary>
    /// The sealed object with <c>algorithm</c>, <c>nonce</c>, <c>associated_data</c> and <c>ciphertext</c>.
    /// </summary>
    /// <param name="apiV3Key">32 ASCII characters.</param>
    /// <param name="associatedData">Authenticated along; never empty here, though receivers must accept empty.</param>
    /// <param name="plaintext">What to seal.</param>
    /// <param name="random">Draws the nonce: 12 characters used as their ASCII bytes.</param>
    public static JsonObject Seal(string apiV3Key, string associatedData, byte[] plaintext, RandomSource random)
    {
        var nonce = string.Concat(random.Bytes(12).Select(octet => NonceAlphabet[octet % NonceAlphabet.Length]));
        var sealedBytes = new byte[plaintext.Length + TagBytes];
        using var aes = new AesGcm(Encoding.ASCII.GetBytes(apiV3Key), TagBytes);
        aes.Encrypt(
            Encoding.ASCII.GetBytes(nonce), plaintext, sealedBytes.AsSpan(0, plaintext.Length),
            sealedBytes.AsSpan(plaintext.Length), Encoding.UTF8.GetBytes(associatedData));
        return new JsonObject
        {
            ["algorithm"] = "AEAD_AES_256_GCM",
            ["nonce"] = nonce,
            ["associated_data"] = associatedData,
            ["ciphertext"] = Convert.ToBase64String(sealedBytes),
        };
    }
}
