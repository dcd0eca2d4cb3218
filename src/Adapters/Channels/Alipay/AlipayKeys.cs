using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ecert.Adapters.Sm;
using Org.BouncyCastle.Crypto.Parameters;

namespace Ecert.Adapters.Channels.Alipay;

/// <summary>The app's private key.</summary>
internal abstract record AlipaySigningKey(string SignType)
{
    public abstract string Sign(byte[] text);

    public static AlipaySigningKey From(AlipayOptions options) => options.SignType == AlipaySignType.Sm2
        ? new Sm2Key(Sm2Keys.PrivateKey(options.AppPrivateKeyPem))
        : new RsaKey(RsaSha256.PrivateKey(options.AppPrivateKeyPem));

    private sealed record RsaKey(RSA Key) : AlipaySigningKey("RSA2")
    {
        public override string Sign(byte[] text) => RsaSha256.Sign(Key, text);
    }

    private sealed record Sm2Key(ECPrivateKeyParameters Key) : AlipaySigningKey("SM2")
    {
        public override string Sign(byte[] text) => Convert.ToBase64String(Sm2.Sign(Key, text, plain: false));
    }
}

/// <summary>A key of Alipay's.</summary>
internal abstract record AlipayVerificationKey(string SignType)
{
    public abstract bool Verify(byte[] text, string? signature);

    public static AlipayVerificationKey From(string publicKey, AlipaySignType type) => type == AlipaySignType.Sm2
        ? new Sm2Key(Sm2Keys.PublicKey(publicKey))
        : new RsaKey(RsaSha256.PublicKey(publicKey));

    /// <exception cref="ArgumentException">The certificate's key is not of the type in use.</exception>
    public static AlipayVerificationKey From(X509Certificate2 certificate, AlipaySignType type)
    {
        if (type == AlipaySignType.Sm2)
            return new Sm2Key(Sm2.PublicKey(certificate.PublicKey.EncodedKeyValue.RawData));
        return new RsaKey(certificate.GetRSAPublicKey()
            ?? throw new ArgumentException("The certificate's key is not RSA.", nameof(certificate)));
    }

    private sealed record RsaKey(RSA Key) : AlipayVerificationKey("RSA2")
    {
        public override bool Verify(byte[] text, string? signature) => RsaSha256.Verify(Key, text, signature);
    }

    private sealed record Sm2Key(ECPublicKeyParameters Key) : AlipayVerificationKey("SM2")
    {
        public override bool Verify(byte[] text, string? signature)
        {
            var bytes = new byte[128];
            return signature is { Length: > 0 and <= 128 }
                && Convert.TryFromBase64String(signature, bytes, out var length)
                && Sm2.Verify(Key, text, bytes[..length], plain: false);
        }
    }
}
