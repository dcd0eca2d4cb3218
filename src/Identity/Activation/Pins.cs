using System.Security.Cryptography;
using System.Text;
using Ecert.Identity.Storage;
using Ecert.Kernel;

namespace Ecert.Identity.Activation;

/// <summary>
/// Hashes PINs. Six digits fall to guessing in no time, however slow the hash: it is the pepper, which is not in the
/// database, that protects a stolen table.
/// </summary>
internal sealed class Pins(DataVault vault, RandomSource random)
{
    private const int Rounds = 100_000;
    private readonly byte[] _pepper = vault.Subkey("PIN pepper");

    /// <summary>Hashes a new PIN under a new salt.</summary>
    public PinHash Hash(string pin)
    {
        var salt = random.Bytes(16);
        return new PinHash(Derive(pin, salt, Rounds), salt, Rounds);
    }

    /// <summary>True when the PIN is the kept one.</summary>
    public bool IsRight(string pin, PinHash kept) =>
        CryptographicOperations.FixedTimeEquals(Derive(pin, kept.Salt, kept.Rounds), kept.Hash);

    private byte[] Derive(string pin, byte[] salt, int rounds) => Rfc2898DeriveBytes.Pbkdf2(
        HMACSHA256.HashData(_pepper, Encoding.UTF8.GetBytes(pin)), salt, rounds, HashAlgorithmName.SHA256, 32);
}
