using Ecert.Certificates.Cose;
using Ecert.Certificates.Suites;

namespace Ecert.Certificates.Presentations;

/// <summary>
/// An offline presentation in the making. Where the holder's key is at hand, <see cref="CreateAsync"/> does it all;
/// where it is elsewhere (a browser, a secure element), that place signs <see cref="ToBeSigned"/> and
/// <see cref="Complete"/> puts the text together.
/// </summary>
public sealed class HolderPresentation
{
    private readonly PublicKey _holder;
    private readonly byte[] _header;
    private readonly byte[] _payload;
    private readonly byte[] _toBeSigned;

    private HolderPresentation(PublicKey holder, byte[] header, byte[] payload)
    {
        (_holder, _header, _payload) = (holder, header, payload);
        _toBeSigned = CoseSign1.ToBeSigned(header, payload);
    }

    /// <summary>The message the holder's key signs; its suite takes the digest.</summary>
    public ReadOnlyMemory<byte> ToBeSigned => _toBeSigned;

    /// <summary>Lays out a presentation for signing.</summary>
    /// <exception cref="ArgumentException">
    /// The nonce or the ceiling is outside what <see cref="HolderStatement"/> allows.
    /// </exception>
    public static HolderPresentation Prepare(SignedCertificate certificate, HolderStatement statement)
    {
        if (statement.Nonce.Length is < HolderStatement.NonceSize or > HolderStatement.LongestNonce)
            throw new ArgumentException("The nonce is not 8 to 16 bytes.", nameof(statement));
        if (statement.Ceiling is { } ceiling && (ceiling.IsNegative || ceiling > HolderStatement.HighestCeiling))
            throw new ArgumentException("The ceiling is out of range.", nameof(statement));
        var holder = certificate.Claims.HolderKey;
        return new HolderPresentation(
            holder, new CoseHeader(holder.Suite).Encode(), PresentationFormat.Encode(certificate, statement));
    }

    /// <summary>The text of the QR picture.</summary>
    /// <param name="signature">The holder's raw signature over <see cref="ToBeSigned"/>: <c>r‖s</c>, 64 bytes.</param>
    /// <exception cref="ArgumentException">The signature does not hold under the key in the certificate.</exception>
    public string Complete(ReadOnlySpan<byte> signature) => _holder.Verify(_toBeSigned, signature)
        ? PresentationFormat.Prefix + Base45.Encode(CoseSign1.Assemble(_header, _payload, signature, tagged: false))
        : throw new ArgumentException("The signature is not the holder's.", nameof(signature));

    /// <summary>The text of the QR picture, signed with a key that is at hand.</summary>
    public static async ValueTask<string> CreateAsync(
        SignedCertificate certificate, HolderStatement statement, SigningKey holder, CancellationToken ct)
    {
        var presentation = Prepare(certificate, statement);
        return presentation.Complete(await holder.SignAsync(presentation.ToBeSigned, ct));
    }
}
