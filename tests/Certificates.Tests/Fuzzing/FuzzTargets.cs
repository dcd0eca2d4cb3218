using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ecert.Certificates.Cose;
using Ecert.Certificates.Presentations;
using Ecert.Certificates.RideCodes;
using Ecert.Certificates.Status;
using Ecert.Certificates.Suites;
using Ecert.Certificates.Tests.RideCodes;
using Ecert.Certificates.Trust;

namespace Ecert.Certificates.Tests.Fuzzing;

/// <summary>Every decoder, from without and, where a signature stands before it, from behind the signature.</summary>
internal static class FuzzTargets
{
    private const long Small = 32 << 10;

    // Unpacking a status list takes a window and a buffer of its own.
    private const long Large = 256 << 10;

    internal static async Task<IReadOnlyList<FuzzTarget>> MakeAsync()
    {
        var nation = new TestNation(SignatureSuite.Es256);
        var sm2 = new TestNation(SignatureSuite.Sm2);
        return
        [
            .. await PresentationsAsync(nation), .. await PresentationsAsync(sm2),
            .. await ListsAsync(nation), .. Certificates(nation), .. await RideCodesAsync(),
        ];
    }

    private static async Task<FuzzTarget[]> PresentationsAsync(TestNation nation)
    {
        var context = await nation.ContextAsync();
        var text = await nation.PresentAsync();
        Base45.TryDecode(text.AsSpan(5), out var bytes);
        var message = CoseSign1.Decode(bytes, tagged: false, "presentation");
        var certificate = await nation.Issuer.IssueAsync(nation.Claims(), default);
        bool Holds(string shown) => PresentationVerifier.Verify(shown, context) is Verdict.Valid;
        return
        [
            new("presentation text", Encoding.Latin1.GetBytes(text), Small, false,
                changed => Call(Encoding.Latin1.GetString(changed), Holds)),
            new("presentation", bytes, Small, false, changed => Call("HEC1:" + Base45.Encode(changed), Holds)),
            new("presentation signed anew", message.Payload.ToArray(), Small, true,
                async changed => Later(await Forgery.PresentAsync(changed, nation.Holder), Holds)),
            new("certificate", certificate.Bytes.ToArray(), Small, true,
                changed => Call(changed, read => SignedCertificate.TryRead(read, out _, out _))),
        ];
    }

    private static async Task<FuzzTarget[]> ListsAsync(TestNation nation)
    {
        var trust = await nation.TrustAsync();
        var (hour, address) = (TimeSpan.FromHours(1), new Uri(TestNation.StatusLists + "/3"));
        var statuses = new StatusArray(2_000) { [17] = CertificateStatus.Suspended };
        var (from, until) = (TestNation.Now - hour, TestNation.Now + hour);
        var cwt = await nation.Issuer.SignStatusListAsync(address, statuses, from, until, hour, default);
        var jwt = await nation.Issuer.SignStatusListJwtAsync(address, statuses, from, until, hour, default);
        var trustList = await nation.SignedTrustListAsync(nation.Entry());
        bool HoldsCwt(byte[] list) => StatusList.Load(list, trust, TestNation.Now) is StatusListOutcome.Loaded;
        bool HoldsJwt(string list) => StatusList.LoadJwt(list, trust, TestNation.Now) is StatusListOutcome.Loaded;
        bool HoldsTrust(byte[] list) =>
            TrustList.Load(list, nation.Root.RawData, TestNation.Now) is TrustListOutcome.Loaded;
        var signer = TestNation.Key(nation.Signer);
        return
        [
            new("status list", cwt, Large, false, changed => Call(changed, HoldsCwt)),
            SignedAnew("status list signed anew", cwt, signer, HoldsCwt),
            new("status list in JWT form", Encoding.Latin1.GetBytes(jwt), Large, false,
                changed => Call(Encoding.Latin1.GetString(changed), HoldsJwt)),
            new("status list in JWT form, signed anew", Base64Url.DecodeFromChars(jwt.Split('.')[1]), Large, true,
                async changed => Later(await JwtAsync(jwt.Split('.')[0], changed, signer), HoldsJwt)),
            new("trust list", trustList, Large, false, changed => Call(changed, HoldsTrust)),
            SignedAnew("trust list signed anew", trustList, TestNation.Key(nation.ListSigner), HoldsTrust),
        ];
    }

    private static FuzzTarget[] Certificates(TestNation nation)
    {
        var builder = new CertificateRevocationListBuilder();
        builder.AddEntry(nation.Province);
        var crl = builder.Build(
            nation.Root, 1, TestNation.Now.AddDays(1), HashAlgorithmName.SHA256, thisUpdate: TestNation.Now);
        return
        [
            new("X.509 certificate", nation.Province.RawData, Small, true,
                changed => Call(changed, read => TrustCertificateReader.TryRead(read) is not null)),
            new("revocation list", crl, Small, true,
                changed => Call(changed, read => RevocationListReader.TryRead(read) is not null)),
        ];
    }

    private static async Task<FuzzTarget[]> RideCodesAsync()
    {
        var fixture = new RideFixture();
        var context = fixture.Context() with { Spend = (_, _) => true };
        var code = await fixture.CodeAsync(rights: fixture.Rights(customSize: 20));
        return
        [
            new("ride code", code, Small, false,
                changed => Call(changed, read => RideCodeVerifier.Verify(read, context) is RideVerdict.Open)),
            new("ride code unverified", code, Small, true,
                changed => Call(changed, read => RideCode.TryRead(read, out _, out _))),
        ];
    }

    private static FuzzTarget SignedAnew(string name, byte[] signed, SigningKey key, Func<byte[], bool> holds)
    {
        var message = CoseSign1.Decode(signed, tagged: true, name);
        var header = message.Protected.ToArray();
        return new FuzzTarget(name, message.Payload.ToArray(), Large, true, async changed =>
            Later(await Forgery.SignAsync(header, changed, key, tagged: true), holds));
    }

    private static async Task<string> JwtAsync(string header, byte[] claims, SigningKey key)
    {
        var signed = $"{header}.{Base64Url.EncodeToString(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(await key.SignAsync(Encoding.ASCII.GetBytes(signed), default))}";
    }

    private static ValueTask<Func<bool>> Call<T>(T input, Func<T, bool> decode) => new(Later(input, decode));

    private static Func<bool> Later<T>(T input, Func<T, bool> decode) => () => decode(input);
}
