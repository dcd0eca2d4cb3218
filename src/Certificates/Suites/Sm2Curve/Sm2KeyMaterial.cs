namespace Ecert.Certificates.Suites.Sm2Curve;

/// <summary>
/// What verifying with one SM2 key needs beside the signature. A key that keeps coming, as a document signer's does,
/// gets a table of its multiples; a holder's, seen once, does not. Safe between threads: the worst that can happen is
/// that two make the same table.
/// </summary>
internal sealed class Sm2KeyMaterial
{
    // The table costs as much to make as some ten verifications without it.
    private const int UsesBeforeTable = 8;
    private const int TableWidth = 6;
    private const int UserIdBits = 128;

    private static readonly byte[] Preamble =
    [
        UserIdBits >> 8, UserIdBits & 0xFF, .. "1234567812345678"u8,
        .. Convert.FromHexString(
            "FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC"
            + "28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93"
            + "32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7"
            + "BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0"),
    ];

    private readonly AffinePoint _point;
    private readonly byte[] _identity;
    private WindowTable? _table;
    private int _uses;

    internal Sm2KeyMaterial(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        _point = new AffinePoint(FieldElement.FromBytes(x), FieldElement.FromBytes(y));
        _identity = Sm3.Hash([.. Preamble, .. x, .. y]);
    }

    /// <summary>Does the signature hold? (GB/T 32918.2 §7.1; both halves are between 1 and n − 1.)</summary>
    internal bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        var r = Scalar.FromBytes(signature);
        var s = Scalar.FromBytes(signature[32..]);
        var t = r.PlusModuloOrder(s);
        if (t.IsZero)
            return false;
        var sum = WindowTable.Generator.AddMultiple(s, Multiply(t));
        if (sum.IsInfinity)
            return false;
        return r.MinusModuloOrder(Digest(message)).IsCoordinate(sum.X, sum.Z.Squared());
    }

    private CurvePoint Multiply(in Scalar t)
    {
        if (_table is null && Interlocked.Increment(ref _uses) >= UsesBeforeTable)
            _table = new WindowTable(_point, TableWidth);
        return _table is { } table
            ? table.AddMultiple(t, CurvePoint.Infinity)
            : WindowedMultiplication.Multiply(_point, t);
    }

    /// <summary>The digest that is signed: of the key's identity and the message, modulo n (§5.5, §6.1 A2).</summary>
    internal Scalar Digest(ReadOnlySpan<byte> message)
    {
        Span<byte> digest = stackalloc byte[Sm3.DigestSize];
        var sm3 = new Sm3(stackalloc byte[64]);
        sm3.Append(_identity);
        sm3.Append(message);
        sm3.Finish(digest);
        return Scalar.FromBytes(digest).Reduced();
    }
}
