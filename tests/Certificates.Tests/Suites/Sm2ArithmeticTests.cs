using System.Globalization;
using System.Numerics;
using System.Text;
using Ecert.Certificates.Suites;
using Ecert.Certificates.Suites.Sm2Curve;
using Ecert.Kernel;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace Ecert.Certificates.Tests.Suites;

/// <summary>Our arithmetic against big integers and against BouncyCastle, the slow reference.</summary>
public sealed class Sm2ArithmeticTests
{
    private static readonly BigInteger P = BigInteger.Pow(2, 256) - BigInteger.Pow(2, 224) - BigInteger.Pow(2, 96)
        + BigInteger.Pow(2, 64) - 1;

    private static readonly X9ECParameters Named = CustomNamedCurves.GetByName("SM2P256V1");
    private static readonly ECDomainParameters Domain = new(Named.Curve, Named.G, Named.N, Named.H);
    private readonly RandomSource _random = new SeededRandomSource(32918);

    [Fact]
    public void Field_operations_agree_with_big_integers()
    {
        foreach (var (a, b) in Pairs())
        {
            var (x, y) = (Field(a), Field(b));
            Assert.Equal((a + b) % P, Number(x + y));
            Assert.Equal((a - b + P) % P, Number(x - y));
            Assert.Equal(a * b % P, Number(x * y));
            Assert.Equal(a * a % P, Number(x.Squared()));
            Assert.Equal(BigInteger.ModPow(a, P - 2, P), Number(x.Inverse()));
        }
    }

    [Fact]
    public void Sums_eight_times_as_large_as_tight_are_multiplied_squared_and_taken_away_rightly()
    {
        foreach (var (a, b) in Pairs())
        {
            // Differences are the largest tight numbers there are.
            var (x, y) = (Field(a) - Field(b), Field(b) - Field(a));
            var (x8, y8) = (x.Doubled().Doubled().Doubled(), y.Doubled().Doubled().Doubled());
            var (u, v) = (8 * (a - b + P) % P, 8 * (b - a + P) % P);
            Assert.Equal(u * v % P, Number(x8 * y8));
            Assert.Equal(u * u % P, Number(x8.Squared()));
            Assert.Equal((u - v + P) % P, Number(x8 - y8));
            Assert.Equal(u == v, (x8 - y8).IsZero);
            Assert.Equal(u == 0, (x8 * y8).IsZero);
            Assert.Equal(u == 0, (default(FieldElement) - x8).IsZero);
        }
    }

    [Fact]
    public void Multiples_of_the_base_point_agree_with_the_reference_by_table_and_by_window()
    {
        var n = new BigInteger(Named.N.ToByteArrayUnsigned(), isUnsigned: true, isBigEndian: true);
        var small = new WindowTable(AffinePoint.Generator, 4);
        BigInteger[] edges = [1, 2, 3, 15, 16, 17, n - 1, n - 2, BigInteger.Pow(2, 255), (n - 1) / 2];
        foreach (var k in edges.Concat(Enumerable.Range(0, 60).Select(_ => Random() % n)))
        {
            var scalar = Scalar.FromBytes(Bytes(k));
            var expected = Domain.G.Multiply(new Org.BouncyCastle.Math.BigInteger(1, Bytes(k))).Normalize();
            CurvePoint[] points =
            [
                WindowTable.Generator.AddMultiple(scalar, CurvePoint.Infinity),
                small.AddMultiple(scalar, CurvePoint.Infinity),
                WindowedMultiplication.Multiply(AffinePoint.Generator, scalar),
            ];
            foreach (var point in CurvePoint.ToAffine(points))
            {
                Assert.Equal(expected.AffineXCoord.GetEncoded(), Bytes(Number(point.X)));
                Assert.Equal(expected.AffineYCoord.GetEncoded(), Bytes(Number(point.Y)));
            }
        }
    }

    [Fact]
    public void Additions_know_infinity_the_same_point_and_the_opposite_point()
    {
        var g = new CurvePoint(AffinePoint.Generator);
        var opposite = CurvePoint.ToAffine([g.Negated()])[0];
        Assert.True(g.Plus(opposite).IsInfinity);
        Assert.True(g.Plus(g.Negated()).IsInfinity);
        var twice = CurvePoint.ToAffine([g.Doubled(), g.Plus(g), g.Plus(AffinePoint.Generator)]);
        Assert.All(twice, point => Assert.Equal(Number(twice[0].X), Number(point.X)));
        Assert.False(CurvePoint.Infinity.Plus(AffinePoint.Generator).IsInfinity);
        Assert.True(CurvePoint.Infinity.Plus(CurvePoint.Infinity).IsInfinity);
        Assert.True(CurvePoint.Infinity.Doubled().IsInfinity);
    }

    [Fact]
    public void SM3_agrees_with_the_reference_at_every_length_and_in_pieces()
    {
        for (var length = 0; length < 300; length++)
        {
            var message = _random.Bytes(length);
            var reference = new SM3Digest();
            reference.BlockUpdate(message, 0, length);
            var expected = new byte[32];
            reference.DoFinal(expected, 0);
            Assert.Equal(expected, Sm3.Hash(message));
            var inPieces = new byte[32];
            var sm3 = new Sm3(new byte[64]);
            sm3.Append(message.AsSpan(0, length / 3));
            sm3.Append(message.AsSpan(length / 3));
            sm3.Finish(inPieces);
            Assert.Equal(expected, inPieces);
        }
        Assert.Equal(
            "66C7F0F462EEEDD9D1F2D46BDC10E4E24167C4875CF2F7A2297DA02B8F4BA8E0",
            Convert.ToHexString(Sm3.Hash("abc"u8)));
    }

    [Fact]
    public async Task Verdicts_agree_with_the_reference_on_good_and_on_spoilt_signatures()
    {
        for (var round = 0; round < 60; round++)
        {
            var key = SignatureSuite.Sm2.GenerateKey();
            // The first verifications of a key go without its table, the later ones with it.
            for (var use = 0; use < 6; use++)
            {
                var message = _random.Bytes(round);
                var signature = await key.SignAsync(message, CancellationToken.None);
                Assert.True(key.PublicKey.Verify(message, signature));
                signature[_random.Bytes(1)[0] % 64] ^= (byte)(1 << use);
                Assert.Equal(ByReference(key.PublicKey, message, signature), key.PublicKey.Verify(message, signature));
            }
        }
    }

    [Fact]
    public void Numbers_modulo_the_order_agree_with_big_integers()
    {
        var n = new BigInteger(Named.N.ToByteArrayUnsigned(), isUnsigned: true, isBigEndian: true);
        BigInteger[] edges = [0, 1, 2, n - 1, n - 2, BigInteger.Pow(2, 64), BigInteger.Pow(2, 255)];
        var pairs = edges.SelectMany(a => edges.Select(b => (a, b)))
            .Concat(Enumerable.Range(0, 1000).Select(_ => (Random() % n, Random() % n)));
        foreach (var (a, b) in pairs)
        {
            var (x, y) = (Order(a), Order(b));
            Assert.Equal((a + b) % n, Number(x + y));
            Assert.Equal((a - b + n) % n, Number(x - y));
            Assert.Equal(a * b % n, Number(x * y));
        }
        foreach (var value in edges.Append(Random() % n))
            Assert.Equal(BigInteger.ModPow(value, n - 2, n), Number(Order(value).Inverse()));
    }

    [Fact]
    public void The_multiplication_for_secrets_agrees_with_the_reference_at_every_kind_of_digit()
    {
        var n = new BigInteger(Named.N.ToByteArrayUnsigned(), isUnsigned: true, isBigEndian: true);
        var edges = new List<BigInteger> { 1, 2, 15, 16, n - 1, n - 2, n - 16, BigInteger.Pow(2, 252) * 15 };
        foreach (var place in Enumerable.Range(0, 43))
        {
            // The largest digit, the smallest, and those beside them, alone and with a carry from below.
            BigInteger[] digits = [1, 31, 32, 33, 63];
            edges.AddRange(digits.Select(digit => (digit * BigInteger.Pow(64, place) - 1) % (n - 1) + 1));
            edges.AddRange(digits.Select(digit => digit * BigInteger.Pow(64, place) % (n - 1) + 1));
        }
        edges.AddRange(Enumerable.Range(0, 60).Select(_ => Random() % (n - 1) + 1));
        foreach (var k in edges)
        {
            var expected = Domain.G.Multiply(new Org.BouncyCastle.Math.BigInteger(1, Bytes(k))).Normalize();
            var point = SecretMultiplication.Multiply(Scalar.FromBytes(Bytes(k)));
            Assert.Equal(expected.AffineXCoord.GetEncoded(), Bytes(Number(point.X)));
            Assert.Equal(expected.AffineYCoord.GetEncoded(), Bytes(Number(point.Y)));
        }
    }

    [Fact]
    public void The_reference_verifies_our_signatures_and_we_verify_the_references()
    {
        var shortHalves = 0;
        for (var round = 0; round < 2000; round++)
        {
            var scalar = Sm2PrivateKey.NewScalar(_random);
            var key = new Sm2PrivateKey(scalar);
            var message = _random.Bytes(round % 300);
            var ours = key.Sign(message, _random);
            Assert.True(ByReference(key.PublicKey, message, ours));
            var theirs = SignedByReference(scalar, message);
            Assert.True(key.PublicKey.Verify(message, theirs));
            byte[] first = [ours[0], ours[32], theirs[0], theirs[32]];
            shortHalves += first.Count(value => value == 0);
        }
        Assert.NotEqual(0, shortHalves);
    }

    [Fact]
    public void Halves_that_add_up_to_the_order_are_refused()
    {
        var n = BigInteger.Parse(
            "0FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123", NumberStyles.HexNumber,
            CultureInfo.InvariantCulture);
        var key = SignatureSuite.Sm2.GenerateKey().PublicKey;
        var r = Random() % n;
        Assert.False(key.Verify("message"u8, [.. Bytes(r), .. Bytes(n - r)]));
    }

    private static bool ByReference(PublicKey key, byte[] message, byte[] signature)
    {
        var signer = new SM2Signer(PlainDsaEncoding.Instance, new SM3Digest());
        var point = Domain.Curve.DecodePoint(key.ToPoint());
        signer.Init(false, new ParametersWithID(
            new ECPublicKeyParameters(point, Domain), Encoding.ASCII.GetBytes("1234567812345678")));
        signer.BlockUpdate(message, 0, message.Length);
        return signer.VerifySignature(signature);
    }

    private static byte[] SignedByReference(byte[] scalar, byte[] message)
    {
        var signer = new SM2Signer(PlainDsaEncoding.Instance, new SM3Digest());
        signer.Init(true, new ParametersWithID(
            new ECPrivateKeyParameters(new Org.BouncyCastle.Math.BigInteger(1, scalar), Domain),
            Encoding.ASCII.GetBytes("1234567812345678")));
        signer.BlockUpdate(message, 0, message.Length);
        return signer.GenerateSignature();
    }

    private IEnumerable<(BigInteger A, BigInteger B)> Pairs()
    {
        BigInteger[] edges = [0, 1, 2, P - 1, P - 2, BigInteger.Pow(2, 64) - 1, BigInteger.Pow(2, 224), P / 2];
        foreach (var a in edges)
        {
            foreach (var b in edges)
                yield return (a, b);
        }
        for (var round = 0; round < 2000; round++)
            yield return (Random() % P, Random() % P);
    }

    private BigInteger Random() => new(_random.Bytes(32), isUnsigned: true, isBigEndian: true);

    private static FieldElement Field(BigInteger value) => FieldElement.FromBytes(Bytes(value));

    private static BigInteger Number(FieldElement element)
    {
        var bytes = new byte[32];
        element.WriteBytes(bytes);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }

    private static OrderElement Order(BigInteger value) => OrderElement.FromScalar(Scalar.FromBytes(Bytes(value)));

    private static BigInteger Number(OrderElement element)
    {
        var bytes = new byte[32];
        element.ToScalar().WriteBytes(bytes);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }

    private static byte[] Bytes(BigInteger value)
    {
        var bytes = new byte[32];
        value.TryWriteBytes(bytes.AsSpan(32 - value.GetByteCount(isUnsigned: true)), out _, true, true);
        return bytes;
    }
}
