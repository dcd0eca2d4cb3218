using System.Globalization;
using System.Numerics;

namespace Ecert.Certificates.Suites;

/// <summary>
/// A 256-bit prime curve y² = x³ − 3x + b. Only what public points need: nothing here touches a secret, so plain big
/// integers do, and one check of a point serves both suites whatever library verifies afterwards.
/// </summary>
internal sealed class EllipticCurve
{
    /// <summary>NIST P-256 (FIPS 186-4, D.1.2.3).</summary>
    internal static readonly EllipticCurve P256 = new(
        "0FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF",
        "05AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B",
        "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    /// <summary>The recommended curve of GB/T 32918.5-2017.</summary>
    internal static readonly EllipticCurve Sm2P256 = new(
        "0FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF",
        "028E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93",
        "0FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123");

    private readonly BigInteger _prime;
    private readonly BigInteger _b;

    private EllipticCurve(string prime, string b, string order)
    {
        _prime = Hex(prime);
        _b = Hex(b);
        Order = Hex(order);
    }

    /// <summary>The order of the base point; the cofactor is 1, so that every point but infinity has it.</summary>
    internal BigInteger Order { get; }

    /// <summary>Are both coordinates below the prime and does the point satisfy the equation?</summary>
    internal bool Contains(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        var left = new BigInteger(x, isUnsigned: true, isBigEndian: true);
        var right = new BigInteger(y, isUnsigned: true, isBigEndian: true);
        if (left >= _prime || right >= _prime)
            return false;
        var difference = (left * left - 3) * left + _b - right * right;
        return BigInteger.Remainder(difference, _prime).IsZero;
    }

    /// <summary>
    /// The Y of the point with this X and parity. Both primes are 3 modulo 4, so that a square root is one power.
    /// </summary>
    /// <returns>False when no point of the curve has this X.</returns>
    internal bool TryFindY(ReadOnlySpan<byte> x, bool odd, Span<byte> y)
    {
        var left = new BigInteger(x, isUnsigned: true, isBigEndian: true);
        if (left >= _prime)
            return false;
        var square = BigInteger.Remainder((left * left - 3) * left + _b, _prime);
        if (square.Sign < 0)
            square += _prime;
        var root = BigInteger.ModPow(square, (_prime + 1) / 4, _prime);
        if (BigInteger.Remainder(root * root, _prime) != square)
            return false;
        if (root.IsEven == odd)
            root = _prime - root;
        y.Clear();
        var end = y[^root.GetByteCount(isUnsigned: true)..];
        return root.TryWriteBytes(end, out _, isUnsigned: true, isBigEndian: true);
    }

    /// <summary>Is each half of a raw signature between 1 and the order less one?</summary>
    internal bool HoldsScalars(ReadOnlySpan<byte> signature) =>
        IsScalar(signature[..32]) && IsScalar(signature[32..]);

    private bool IsScalar(ReadOnlySpan<byte> half)
    {
        var value = new BigInteger(half, isUnsigned: true, isBigEndian: true);
        return !value.IsZero && value < Order;
    }

    private static BigInteger Hex(string digits) =>
        BigInteger.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
