namespace Ecert.Certificates.Qr.Reading;

/// <summary>
/// Reed–Solomon correction over GF(2⁸) modulo x⁸+x⁴+x³+x²+1, roots α⁰, α¹, … (annexes A and B): Berlekamp and Massey
/// find the polynomial whose roots are the wrong places, Chien its roots, Forney by how much each is wrong.
/// </summary>
internal static class ReedSolomon
{
    private static readonly byte[] Powers = MakePowers();
    private static readonly byte[] Logarithms = MakeLogarithms();

    /// <summary>Mends the block in place; false where more than <paramref name="most"/> codewords are wrong.</summary>
    internal static bool TryCorrect(Span<byte> block, int checkWords, int most)
    {
        var syndromes = Syndromes(block, checkWords);
        if (!syndromes.AsSpan().ContainsAnyExcept((byte)0))
            return true;
        if (!TryLocate(syndromes, most, out var locator))
            return false;
        var evaluator = Product(syndromes, locator, checkWords);
        var found = 0;
        for (var index = 0; index < block.Length; index++)
        {
            var place = block.Length - 1 - index;
            var inverse = Powers[(255 - place) % 255];
            if (Evaluate(locator, inverse) != 0)
                continue;
            found++;
            var slope = Derivative(locator, inverse);
            if (slope == 0)
                return false;
            var error = Divide(Evaluate(evaluator, inverse), slope);
            block[index] ^= Multiply(error, Powers[place % 255]);
        }
        return found == locator.Length - 1
            && !Syndromes(block, checkWords).AsSpan().ContainsAnyExcept((byte)0);
    }

    private static byte[] Syndromes(ReadOnlySpan<byte> block, int checkWords)
    {
        var syndromes = new byte[checkWords];
        for (var index = 0; index < checkWords; index++)
        {
            byte sum = 0;
            foreach (var word in block)
                sum = (byte)(Multiply(sum, Powers[index]) ^ word);
            syndromes[index] = sum;
        }
        return syndromes;
    }

    /// <summary>Coefficients from the constant upward; its degree is the number of errors.</summary>
    private static bool TryLocate(byte[] syndromes, int most, out byte[] locator)
    {
        var current = new byte[syndromes.Length + 1];
        var previous = new byte[syndromes.Length + 1];
        current[0] = previous[0] = 1;
        var (degree, gap, previousDiscrepancy) = (0, 1, (byte)1);
        for (var step = 0; step < syndromes.Length; step++)
        {
            var discrepancy = syndromes[step];
            for (var index = 1; index <= degree; index++)
                discrepancy ^= Multiply(current[index], syndromes[step - index]);
            if (discrepancy == 0)
            {
                gap++;
                continue;
            }
            var before = (byte[])current.Clone();
            var factor = Divide(discrepancy, previousDiscrepancy);
            for (var index = gap; index < current.Length; index++)
                current[index] ^= Multiply(factor, previous[index - gap]);
            if (2 * degree > step)
            {
                gap++;
                continue;
            }
            (degree, previous, previousDiscrepancy, gap) = (step + 1 - degree, before, discrepancy, 1);
        }
        locator = current[..(degree + 1)];
        return degree <= most && locator[degree] != 0;
    }

    private static byte[] Product(byte[] syndromes, byte[] locator, int length)
    {
        var product = new byte[length];
        for (var a = 0; a < length; a++)
            for (var b = 0; b < locator.Length && b <= a; b++)
                product[a] ^= Multiply(syndromes[a - b], locator[b]);
        return product;
    }

    private static byte Evaluate(byte[] polynomial, byte at)
    {
        byte value = 0;
        for (var index = polynomial.Length - 1; index >= 0; index--)
            value = (byte)(Multiply(value, at) ^ polynomial[index]);
        return value;
    }

    /// <summary>In characteristic 2 only the odd powers have a derivative.</summary>
    private static byte Derivative(byte[] polynomial, byte at)
    {
        byte value = 0;
        var square = Multiply(at, at);
        byte power = 1;
        for (var index = 1; index < polynomial.Length; index += 2)
        {
            value ^= Multiply(polynomial[index], power);
            power = Multiply(power, square);
        }
        return value;
    }

    private static byte Multiply(byte a, byte b) =>
        a == 0 || b == 0 ? (byte)0 : Powers[(Logarithms[a] + Logarithms[b]) % 255];

    private static byte Divide(byte a, byte b) =>
        a == 0 ? (byte)0 : Powers[(Logarithms[a] + 255 - Logarithms[b]) % 255];

    private static byte[] MakePowers()
    {
        var powers = new byte[255];
        var value = 1;
        for (var index = 0; index < powers.Length; index++)
        {
            powers[index] = (byte)value;
            value <<= 1;
            if (value > 255)
                value ^= 0x11D;
        }
        return powers;
    }

    private static byte[] MakeLogarithms()
    {
        var logarithms = new byte[256];
        for (var index = 0; index < 255; index++)
            logarithms[Powers[index]] = (byte)index;
        return logarithms;
    }
}
