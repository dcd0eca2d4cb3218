using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Ecert.Identity.Storage;

namespace Ecert.Identity.Authorization.Dpop;

/// <summary>
/// Server nonces (RFC 9449 §8) that need no memory: the two-minute window they were made in, and a keyed hash of it.
/// One is good in its own window and the next.
/// </summary>
internal sealed class DpopNonces(DataVault vault, TimeProvider clock)
{
    private const int WindowSeconds = 120;
    private readonly byte[] _key = vault.Subkey("DPoP nonce");

    /// <summary>The nonce of now.</summary>
    public string Current => Of(Window);

    /// <summary>True for a nonce of this window or the one before.</summary>
    public bool IsGood(string nonce) => IsSame(nonce, Of(Window)) || IsSame(nonce, Of(Window - 1));

    private long Window => clock.GetUtcNow().ToUnixTimeSeconds() / WindowSeconds;

    private string Of(long window)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, window);
        return Base64Url.EncodeToString(HMACSHA256.HashData(_key, counter).AsSpan(0, 16));
    }

    private static bool IsSame(string left, string right) => ConstantTime.AreEqual(left, right);
}
