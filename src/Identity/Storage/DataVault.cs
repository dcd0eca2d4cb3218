using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ecert.Kernel;

namespace Ecert.Identity.Storage;

/// <summary>
/// Seals what must not lie readable in the database (AES-256-GCM, bound to its purpose), makes look-up indexes of it
/// (HMAC-SHA-256), and hashes the secrets that are only ever compared.
/// </summary>
internal sealed class DataVault
{
    private const int KeyBytes = 32, NonceBytes = 12, TagBytes = 16;
    private readonly Dictionary<byte, byte[]> _keys;
    private readonly byte _current;
    private readonly byte[] _indexKey;
    private readonly RandomSource _random;

    /// <exception cref="ArgumentException">A key is missing or not 32 bytes long.</exception>
    public DataVault(IdentityOptions options, RandomSource random)
    {
        var keys = options.DataKeys.EncryptionKeys;
        if (keys.Count == 0 || keys.Any(key => key.Key.Length != KeyBytes))
            throw new ArgumentException("Data protection wants at least one encryption key, each of 32 bytes.");
        if (options.DataKeys.IndexKey.Length != KeyBytes)
            throw new ArgumentException("Data protection wants an index key of 32 bytes.");
        _keys = keys.ToDictionary(key => key.Number, key => key.Key.ToArray());
        _current = keys[0].Number;
        _indexKey = options.DataKeys.IndexKey.ToArray();
        _random = random;
    }

    /// <summary>A new bearer secret (a code, a token, a session): 256 random bits, base64url.</summary>
    public string NewSecret() => Base64Url.EncodeToString(_random.Bytes(32));

    /// <summary>A new pseudonym of a citizen: 128 random bits, base64url, 22 characters.</summary>
    public string NewPseudonym() => Base64Url.EncodeToString(_random.Bytes(16));

    /// <summary>A hash under which a bearer secret is stored and found.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>A keyed hash of something guessable, such as a document number.</summary>
    public byte[] Index(string purpose, string value) =>
        HMACSHA256.HashData(Subkey(purpose), Encoding.UTF8.GetBytes(value));

    /// <summary>A key of its own for one purpose.</summary>
    public byte[] Subkey(string purpose) =>
        HKDF.Expand(HashAlgorithmName.SHA256, _indexKey, KeyBytes, Encoding.UTF8.GetBytes(purpose));

    /// <summary>Key number, nonce, tag, ciphertext.</summary>
    public byte[] Seal<T>(string purpose, T value)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(value);
        var box = new byte[1 + NonceBytes + TagBytes + plain.Length];
        box[0] = _current;
        var nonce = box.AsSpan(1, NonceBytes);
        _random.Fill(nonce);
        using var cipher = new AesGcm(_keys[_current], TagBytes);
        cipher.Encrypt(
            nonce, plain, box.AsSpan(1 + NonceBytes + TagBytes), box.AsSpan(1 + NonceBytes, TagBytes),
            Encoding.UTF8.GetBytes(purpose));
        return box;
    }

    /// <summary>Opens what was sealed for the same purpose.</summary>
    /// <exception cref="CryptographicException">The box was changed, moved, or its key is gone.</exception>
    public T Open<T>(string purpose, byte[] box)
    {
        if (box.Length < 1 + NonceBytes + TagBytes || !_keys.TryGetValue(box[0], out var key))
            throw new CryptographicException("Stored data cannot be opened with the keys at hand.");
        var plain = new byte[box.Length - 1 - NonceBytes - TagBytes];
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Decrypt(
            box.AsSpan(1, NonceBytes), box.AsSpan(1 + NonceBytes + TagBytes), box.AsSpan(1 + NonceBytes, TagBytes),
            plain, Encoding.UTF8.GetBytes(purpose));
        return JsonSerializer.Deserialize<T>(plain)
            ?? throw new CryptographicException("Stored data is empty.");
    }
}
