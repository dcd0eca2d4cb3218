using System.Text;
using Ecert.Certificates.Suites;
using Ecert.Certificates.Suites.Sm2Curve;
using Ecert.Kernel;
using Org.BouncyCastle.Crypto.Digests;

namespace Ecert.Certificates.Tests.Suites;

/// <summary>What GB/T 32918.5-2017 (Annex A, the recommended curve) and GB/T 32905-2016 (Annex A) print.</summary>
public sealed class Sm2VectorTests
{
    private const string X = "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020";
    private const string Y = "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13";

    private const string Signature =
        "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
        + "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA";

    private static readonly byte[] Message = Encoding.ASCII.GetBytes("message digest");

    private static PublicKey Key =>
        PublicKey.Create(SignatureSuite.Sm2, Convert.FromHexString(X), Convert.FromHexString(Y));

    [Fact]
    public void The_printed_signature_holds() => Assert.True(Key.Verify(Message, Convert.FromHexString(Signature)));

    [Fact]
    public void The_printed_private_key_and_secret_number_give_the_printed_signature()
    {
        var key = new Sm2PrivateKey(
            Convert.FromHexString("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8"));
        Assert.Equal(Key, key.PublicKey);
        // Numbers that may not be taken come first: zero, and the largest of all.
        var numbers = new Printed(
            new string('0', 64), new string('F', 64),
            "59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21");
        Assert.Equal(Signature, Convert.ToHexString(key.Sign(Message, numbers)));
    }

    private sealed class Printed(params string[] numbers) : RandomSource
    {
        private int _next;

        public override void Fill(Span<byte> bytes) => Convert.FromHexString(numbers[_next++]).CopyTo(bytes);
    }

    [Fact]
    public void No_other_message_and_no_changed_signature_holds()
    {
        var signature = Convert.FromHexString(Signature);
        Assert.False(Key.Verify(Encoding.ASCII.GetBytes("message digesT"), signature));
        for (var bit = 0; bit < signature.Length * 8; bit += 37)
        {
            signature[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.False(Key.Verify(Message, signature));
            signature[bit / 8] ^= (byte)(1 << bit % 8);
        }
    }

    [Theory]
    [InlineData("abc", "66C7F0F462EEEDD9D1F2D46BDC10E4E24167C4875CF2F7A2297DA02B8F4BA8E0")]
    [InlineData(
        "abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd",
        "DEBE9FF92275B8A138604889C18E5A4D6FDB70E5387E5765293DCBA39C0C5732")]
    public void The_printed_SM3_digests_hold(string message, string digest)
    {
        var sm3 = new SM3Digest();
        sm3.BlockUpdate(Encoding.ASCII.GetBytes(message), 0, message.Length);
        var result = new byte[32];
        sm3.DoFinal(result, 0);
        Assert.Equal(digest, Convert.ToHexString(result));
    }
}
