using Ecert.Certificates.Cose;
using Ecert.Certificates.Suites;

namespace Ecert.Certificates.Tests.Cose;

/// <summary>The COSE working group's published examples (github.com/cose-wg/Examples).</summary>
public sealed class WorkingGroupExampleTests
{
    private const string Key11X = "bac5b11cad8f99f9c72b05cf4b9e26d244dc189f745228255a219a86d6a09eff";
    private const string Key11Y = "20138bf82dc1b6d562be0fa54ab7804a3a64b6d72ccfed6b6fb6ed28bbfc117e";
    private const string Content = "546869732069732074686520636F6E74656E742E";
    private const string CwtX = "c4f9160fc22682991c59c4d96e8accc2da3cc7b7a9bc197c7c1e1bc6d0c1dc61";
    private const string CwtY = "feb11ca73b028a10cf77d58a2dfdf2a11eab8ffeeeaaeeb03097ffee9f3ef2fc";

    private const string CwtPayload =
        "A70175636F61703A2F2F61732E6578616D706C652E636F6D02656572696B77037818636F61703A2F2F6C696768742E6578616D706C652E"
        + "636F6D04C11A5612AEB005C11A5610D9F006C11A5610D9F007420B71";

    public static TheoryData<string, string, string, string, string, string, string> Examples => new()
    {
        {
            "sign1-tests/sign-pass-03", Key11X, Key11Y, "A10126", Content,
            "846A5369676E61747572653143A101264054546869732069732074686520636F6E74656E742E",
            "EAE868ECC176883766C5DC5BA5B8DCA25DAB3C2E56A551CE5705B793914348E19F43D6C6BA654472DA301B645B293C9BA939295B97"
            + "C4BDB847782BFF384C5794"
        },
        {
            "ecdsa-examples/ecdsa-sig-01", Key11X, Key11Y, "A201260300", Content,
            "846A5369676E61747572653145A2012603004054546869732069732074686520636F6E74656E742E",
            "EAE868ECC176883766C5DC5BA5B8DCA25DAB3C2E56A551CE5705B793914348E172727F48461FABBBA2E343492DDECAC3983686250"
            + "BC68E9F1A7A07D41225B59F"
        },
        {
            "CWT/A_3", CwtX, CwtY, "A20319FDE80126", CwtPayload,
            "846A5369676E61747572653147A20319FDE80126405853" + CwtPayload,
            "8CAAD9EBD60E5F41CD683771E8A02CADE07D894DD1CFAF3A23C6481546E78FEBC0C13E8F649096F347480DB3E8C16CDDC041"
            + "16A3874CF0A4DA2F4CB2D67C8EB0"
        },
    };

    [Theory, MemberData(nameof(Examples))]
    public void The_structure_to_be_signed_and_the_signature_are_as_printed(
        string example, string x, string y, string header, string payload, string toBeSigned, string signature)
    {
        var structure = CoseSign1.ToBeSigned(Convert.FromHexString(header), Convert.FromHexString(payload));
        Assert.Equal(toBeSigned, Convert.ToHexString(structure), ignoreCase: true);
        var key = PublicKey.Create(SignatureSuite.Es256, Convert.FromHexString(x), Convert.FromHexString(y));
        var raw = Convert.FromHexString(signature);
        Assert.True(key.Verify(structure, raw), example);
        structure[^1] ^= 1;
        Assert.False(key.Verify(structure, raw), example);
    }

    [Fact]
    public void An_unprotected_header_is_refused()
    {
        // sign-pass-03 as a whole: well-formed COSE, with its kid where anybody could change it.
        var message = Convert.FromHexString("8443A10126A10442313154" + Content + "5840" + new string('1', 128));
        var thrown = Assert.Throws<MalformedException>(() => CoseSign1.Decode(message, tagged: false, "message"));
        Assert.Equal("message.unprotected", thrown.Where);
    }
}
