using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Ecert.Identity.Storage;
using Ecert.Kernel;

namespace Ecert.Identity.Issuance;

/// <summary>
/// Nonces of key proofs (OpenID4VCI §7): random, good for five minutes, and used once. The server keeps none until it
/// comes back: its end and a keyed hash are inside.
/// </summary>
internal sealed class CredentialNonces(DataVault vault, ReplayGuard replays, TimeProvider clock, RandomSource random)
{
    private const int EndBytes = 8, RandomBytes = 16, HashBytes = 16;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);
    private readonly byte[] _key = vault.Subkey("credential nonce");

    /// <summary>A new nonce.</summary>
    public string New()
    {
        var nonce = new byte[EndBytes + RandomBytes + HashBytes];
        BinaryPrimitives.WriteInt64BigEndian(nonce, (clock.GetUtcNow() + Life).ToUnixTimeSeconds());
        random.Fill(nonce.AsSpan(EndBytes, RandomBytes));
        HashOf(nonce).CopyTo(nonce.AsSpan(EndBytes + RandomBytes));
        return Base64Url.EncodeToString(nonce);
    }

    /// <summary>True for the first use of a nonce of this server in its time.</summary>
    public async ValueTask<bool> UseAsync(string nonce, CancellationToken ct)
    {
        if (!StrictBase64Url.TryDecode(nonce, out var bytes) || bytes.Length != EndBytes + RandomBytes + HashBytes)
            return false;
        if (!CryptographicOperations.FixedTimeEquals(HashOf(bytes), bytes.AsSpan(EndBytes + RandomBytes)))
            return false;
        var end = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(bytes));
        return end > clock.GetUtcNow() && await replays.IsFirstUseAsync(
            "credential nonce", Convert.ToHexString(bytes.AsSpan(EndBytes, RandomBytes)), end, ct);
    }

    private ReadOnlySpan<byte> HashOf(byte[] nonce) =>
        HMACSHA256.HashData(_key, nonce.AsSpan(0, EndBytes + RandomBytes)).AsSpan(0, HashBytes);
}
