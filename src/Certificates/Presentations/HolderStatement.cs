using Ecert.Kernel;

namespace Ecert.Certificates.Presentations;

/// <summary>What the holder says when showing the certificate; signed with the holder's key together with it.</summary>
/// <param name="MadeAt">When, by the holder's clock; whole seconds.</param>
/// <param name="Nonce">8 to 16 random bytes: what tells this showing from every other.</param>
/// <param name="Audience">Whom it is meant for.</param>
/// <param name="Ceiling">
/// The most it may be charged with; null: no ceiling was set. From 0 to <see cref="HighestCeiling"/>.
/// </param>
public sealed record HolderStatement(
    DateTimeOffset MadeAt, ReadOnlyMemory<byte> Nonce, AudienceKind Audience, Money? Ceiling)
{
    /// <summary>Bytes of a nonce that <see cref="New"/> draws.</summary>
    public const int NonceSize = 8;

    /// <summary>The longest nonce that is read.</summary>
    public const int LongestNonce = 16;

    /// <summary>10,000,000.00 yuan.</summary>
    public static readonly Money HighestCeiling = new(1_000_000_000);

    /// <summary>A statement of now with a fresh nonce.</summary>
    public static HolderStatement New(DateTimeOffset now, AudienceKind audience, Money? ceiling, RandomSource random) =>
        new(now, random.Bytes(NonceSize), audience, ceiling);
}

/// <summary>The kind of place a presentation is meant for: shown elsewhere, it is worth nothing.</summary>
public enum AudienceKind
{
    /// <summary>Hospitals and pharmacies.</summary>
    Medical = 1,

    /// <summary>Gates and vehicles of public transport.</summary>
    Transit = 2,

    /// <summary>Billers, social security and government windows.</summary>
    PublicService = 3,
}
