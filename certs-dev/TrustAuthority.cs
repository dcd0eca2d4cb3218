using System.Formats.Asn1;
using Ecert.Certificates.Suites;
using Ecert.Certificates.Trust;
using Ecert.Kernel;
using Ecert.Kernel.Identifiers;

namespace Ecert.CertsDev;

/// <summary>
/// An X.509 authority of the national chain with a key of either suite. The platform builds no SM2 certificates, so
/// that these are written field by field (RFC 5280; GM/T 0015 for SM2).
/// </summary>
public sealed class TrustAuthority
{
    private readonly byte[] _name;
    private readonly SigningKey _key;
    private readonly RandomSource _random;

    private TrustAuthority(byte[] name, byte[] certificate, SigningKey key, RandomSource random)
    {
        (_name, _key, _random) = (name, key, random);
        Certificate = certificate;
    }

    /// <summary>Its own certificate in DER.</summary>
    public byte[] Certificate { get; }

    /// <summary>A root that may have province CAs.</summary>
    public static async Task<TrustAuthority> RootAsync(
        string commonName, SigningKey key, Validity validity, RandomSource random, CancellationToken ct)
    {
        var name = TrustDer.Name(null, commonName);
        var draft = new TrustAuthority(name, [], key, random);
        var certificate = await draft.IssueAsync(
            name, key.PublicKey, validity, TrustDer.AuthorityExtensions(key.PublicKey, key.PublicKey, 1, null), ct);
        return new TrustAuthority(name, certificate, key, random);
    }

    /// <summary>A province CA below this root, bound to its division.</summary>
    public async Task<TrustAuthority> ProvinceAsync(
        DivisionCode division, SigningKey key, Validity validity, CancellationToken ct)
    {
        var name = TrustDer.Name(division, "Province CA");
        var extensions = TrustDer.AuthorityExtensions(key.PublicKey, _key.PublicKey, 0, division);
        var certificate = await IssueAsync(name, key.PublicKey, validity, extensions, ct);
        return new TrustAuthority(name, certificate, key, _random);
    }

    /// <summary>A signer below this authority.</summary>
    /// <param name="division">The division its subject names; null for a trust-list signer.</param>
    /// <param name="usage">Its extended key usage, from <see cref="TrustProfile"/>.</param>
    /// <param name="key">Its public key.</param>
    /// <param name="validity">How long it may sign.</param>
    /// <param name="ct">Cancels the signing.</param>
    public Task<byte[]> SignerAsync(
        DivisionCode? division, string usage, PublicKey key, Validity validity, CancellationToken ct) => IssueAsync(
        TrustDer.Name(division, "Signer"), key, validity, TrustDer.SignerExtensions(key, _key.PublicKey, usage), ct);

    /// <summary>The authority's revocation list, DER.</summary>
    /// <param name="revoked">Certificates it issued and takes back, DER.</param>
    /// <param name="validity">From this update to the next.</param>
    /// <param name="ct">Cancels the signing.</param>
    public Task<byte[]> RevocationListAsync(IReadOnlyList<byte[]> revoked, Validity validity, CancellationToken ct)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            TrustDer.WriteAlgorithm(writer, _key.Suite);
            writer.WriteEncodedValue(_name);
            TrustDer.WriteTime(writer, validity.From);
            TrustDer.WriteTime(writer, validity.Until);
            if (revoked.Count > 0)
            {
                using (writer.PushSequence())
                {
                    foreach (var certificate in revoked)
                        WriteRevoked(writer, certificate, validity.From);
                }
            }
        }
        return SignAsync(writer.Encode(), ct);
    }

    private static void WriteRevoked(AsnWriter writer, byte[] certificate, DateTimeOffset at)
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(TrustDer.SerialNumberOf(certificate));
            TrustDer.WriteTime(writer, at);
        }
    }

    private Task<byte[]> IssueAsync(
        byte[] subject, PublicKey key, Validity validity, byte[] extensions, CancellationToken ct)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                writer.WriteInteger(2);
            writer.WriteInteger((byte[])[0x40, .. _random.Bytes(15)]);
            TrustDer.WriteAlgorithm(writer, _key.Suite);
            writer.WriteEncodedValue(_name);
            using (writer.PushSequence())
            {
                TrustDer.WriteTime(writer, validity.From);
                TrustDer.WriteTime(writer, validity.Until);
            }
            writer.WriteEncodedValue(subject);
            TrustDer.WriteKey(writer, key);
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 3)))
                writer.WriteEncodedValue(extensions);
        }
        return SignAsync(writer.Encode(), ct);
    }

    private async Task<byte[]> SignAsync(byte[] toBeSigned, CancellationToken ct)
    {
        var signature = await _key.SignAsync(toBeSigned, ct);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(toBeSigned);
            TrustDer.WriteAlgorithm(writer, _key.Suite);
            writer.WriteBitString(TrustDer.Signature(signature));
        }
        return writer.Encode();
    }
}

/// <summary>A span of time, in whole seconds, both ends within.</summary>
public sealed record Validity(DateTimeOffset From, DateTimeOffset Until);
