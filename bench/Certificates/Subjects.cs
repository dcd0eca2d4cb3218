using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using Ecert.Certificates;
using Ecert.Certificates.Presentations;
using Ecert.Certificates.Status;
using Ecert.Certificates.Suites;
using Ecert.Certificates.Suites.Sm2Curve;
using Ecert.Certificates.Trust;
using Ecert.CertsDev;
using Ecert.Kernel;
using Ecert.Kernel.Identifiers;

namespace Ecert.Bench.Certificates;

/// <summary>What is measured, each with its reference.</summary>
internal static class Subjects
{
    private static readonly byte[] Message = RandomNumberGenerator.GetBytes(200);

    internal static async Task<IReadOnlyList<(string Name, Action Subject, Action Reference)>> MakeAsync()
    {
        var pem = SignatureSuite.Sm2.GenerateKeyPem();
        var key = SignatureSuite.Sm2.ImportPem(pem);
        var signature = await key.SignAsync(Message, default);
        var theirPublic = LibCrypto.PublicKey(PublicDer(key.PublicKey));
        var theirPrivate = LibCrypto.PrivateKey(Der(pem));
        var theirSignature = ToDer(signature);
        void Cached() => Require(key.PublicKey.Verify(Message, signature));
        void FirstSeen() => Require(Again(key.PublicKey).Verify(Message, signature));
        void OpenSsl() => Require(LibCrypto.Verify(theirPublic, Message, theirSignature));
        var p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var p256Signature = p256.SignData(Message, HashAlgorithmName.SHA256);
        var p256Key = ECDsa.Create(p256.ExportParameters(includePrivateParameters: false));
        var megabyte = new byte[1 << 20];
        var digest = new byte[32];
        return
        [
            ("sm2-verify-vs-openssl", FirstSeen, OpenSsl),
            ("sm2-verify-cached-vs-openssl", Cached, OpenSsl),
            ("sm2-verify-vs-p256", FirstSeen,
                () => Require(p256Key.VerifyData(Message, p256Signature, HashAlgorithmName.SHA256))),
            ("sm2-sign-vs-openssl", () => Require(key.SignAsync(Message, default).IsCompletedSuccessfully),
                () => Require(LibCrypto.Sign(theirPrivate, Message).Length > 0)),
            ("sm3-vs-openssl", () => Require(Sm3.Hash(megabyte).Length == 32), () => LibCrypto.Sm3(megabyte, digest)),
            .. await VerdictsAsync(SignatureSuite.Es256, "verdict-vs-signatures"),
            .. await VerdictsAsync(SignatureSuite.Sm2, "verdict-sm2-vs-signatures"),
        ];
    }

    /// <summary>A whole offline verdict against its two signatures alone: a known signer, a holder seen once.</summary>
    private static async Task<(string, Action, Action)[]> VerdictsAsync(SignatureSuite suite, string name)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        var hebei = DivisionCode.Parse("130000");
        var years = new Validity(now.AddYears(-1), now.AddYears(1));
        var random = RandomSource.System;
        var root = await TrustAuthority.RootAsync("Bench root", suite.GenerateKey(), years, random, default);
        var province = await root.ProvinceAsync(hebei, suite.GenerateKey(), years, default);
        var (signer, listSigner, holder) = (suite.GenerateKey(), suite.GenerateKey(), suite.GenerateKey());
        var signerDer = await province.SignerAsync(
            hebei, TrustProfile.DocumentSigning, signer.PublicKey, years, default);
        var listDer = await root.SignerAsync(null, TrustProfile.TrustListSigning, listSigner.PublicKey, years, default);
        var entry = new TrustListEntry(signerDer, province.Certificate, new Uri("https://hb.example"));
        var content = new TrustListContent(1, now, now.AddDays(1), [entry]);
        var loaded = TrustList.Load(await content.SignAsync(listDer, listSigner, default), root.Certificate, now);
        var trust = ((TrustListOutcome.Loaded)loaded).List;
        var issuer = new CertificateIssuer(hebei, KeyId.Of(signerDer), signer);
        var token = await issuer.SignStatusListAsync(
            new Uri("https://hb.example/0"), new StatusArray(100_000), now, now.AddDays(1), TimeSpan.FromHours(1),
            default);
        var status = StatusLists.None.With(((StatusListOutcome.Loaded)StatusList.Load(token, trust, now)).List);
        var certificate = await issuer.IssueAsync(
            new CertificateClaims(
                hebei, new CertificateId("01JCXM5Z7V8Q2K3N4P5R6S7T8W"), new SubjectId("01JCXM5Z7V8Q2K3N4P5R6S7T8X"),
                now, now, now.AddDays(1), hebei, "310", AssuranceLevel.FaceChecked, holder.PublicKey,
                new StatusReference(0, 4711)),
            default);
        var text = await HolderPresentation.CreateAsync(
            certificate, HolderStatement.New(now, AudienceKind.Medical, null, random), holder, default);
        var context = new VerificationContext
        {
            Now = now, Audience = AudienceKind.Medical, Trust = trust, Status = status,
        };
        var (known, message) = (trust.Signers[0].PublicKey, certificate.Bytes.ToArray());
        var (byIssuer, byHolder) = (await signer.SignAsync(message, default), await holder.SignAsync(message, default));
        void Verdict() => Require(PresentationVerifier.Verify(text, context) is Verdict.Valid);
        void Bare() => Require(
            known.Verify(message, byIssuer) && Again(holder.PublicKey).Verify(message, byHolder));
        return [(name, Verdict, Bare)];
    }

    /// <summary>The same key as a stranger: nothing of it is remembered.</summary>
    private static PublicKey Again(PublicKey key) => PublicKey.Create(key.Suite, key.X, key.Y);

    private static byte[] Der(string pem) => Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]);

    private static byte[] PublicDer(PublicKey key)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.2.840.10045.2.1");
                writer.WriteObjectIdentifier("1.2.156.10197.1.301");
            }
            writer.WriteBitString(key.ToPoint());
        }
        return writer.Encode();
    }

    private static byte[] ToDer(ReadOnlySpan<byte> raw)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new BigInteger(raw[..32], isUnsigned: true, isBigEndian: true));
            writer.WriteInteger(new BigInteger(raw[32..], isUnsigned: true, isBigEndian: true));
        }
        return writer.Encode();
    }

    private static void Require(bool holds)
    {
        if (!holds)
            throw new InvalidOperationException("A measured operation failed.");
    }
}
