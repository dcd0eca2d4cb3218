using Ecert.Certificates.Suites;

namespace Ecert.Certificates.Cose;

/// <summary>A public key as COSE_Key (RFC 9053 §7.1.1): kty EC2, the suite's curve, both coordinates in full.</summary>
internal static class CoseKeyFormat
{
    private const int Kty = 1, Crv = -1, X = -2, Y = -3;
    private const int Ec2 = 2;
    private const int Size = SignatureSuite.CoordinateSize;

    internal static void Write(DeterministicWriter writer, PublicKey key)
    {
        writer.WriteStartMap(4);
        writer.WriteInt32(Kty);
        writer.WriteInt32(Ec2);
        writer.WriteInt32(Crv);
        writer.WriteInt32(key.Suite.CoseCurve);
        writer.WriteInt32(X);
        writer.WriteByteString(key.X);
        writer.WriteInt32(Y);
        writer.WriteByteString(key.Y);
    }

    internal static PublicKey Read(StrictReader reader, string field)
    {
        long? type = null, curve = null;
        ReadOnlyMemory<byte> x = default, y = default;
        reader.Map(field);
        while (reader.More())
        {
            switch (reader.Label())
            {
                case Kty: type = reader.Integer($"{field}.kty", long.MinValue, long.MaxValue); break;
                case Crv: curve = reader.Integer($"{field}.crv", long.MinValue, long.MaxValue); break;
                case X: x = reader.Bytes($"{field}.x", Size, Size); break;
                case Y: y = reader.Bytes($"{field}.y", Size, Size); break;
                default: throw reader.Malformed($"{field}.label");
            }
        }
        reader.EndMap(field);
        var suite = curve is { } number ? SignatureSuite.OfCurve(number) : null;
        if (type != Ec2 || suite is null || !PublicKey.TryCreate(suite, x.Span, y.Span, out var key))
            throw reader.Malformed(field);
        return key;
    }
}
