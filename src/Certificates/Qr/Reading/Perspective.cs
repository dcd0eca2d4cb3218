namespace Ecert.Certificates.Qr.Reading;

/// <summary>Where a flat symbol's modules lie in a picture taken from anywhere: a projective map.</summary>
internal sealed class Perspective
{
    // x = (c0 u + c1 v + c2) / (c6 u + c7 v + 1), y = (c3 u + c4 v + c5) / (c6 u + c7 v + 1)
    private readonly double[] _c;

    private Perspective(double[] coefficients) => _c = coefficients;

    /// <summary>The picture's place of one in the symbol, in modules.</summary>
    internal PicturePoint this[double u, double v]
    {
        get
        {
            var scale = _c[6] * u + _c[7] * v + 1;
            return new PicturePoint((_c[0] * u + _c[1] * v + _c[2]) / scale, (_c[3] * u + _c[4] * v + _c[5]) / scale);
        }
    }

    /// <summary>The map that takes four places to four others; null where three of them lie on a line.</summary>
    internal static Perspective? Through(params (PicturePoint Symbol, PicturePoint Picture)[] four)
    {
        var rows = new double[8][];
        for (var index = 0; index < 4; index++)
        {
            var ((u, v), (x, y)) = four[index];
            rows[2 * index] = [u, v, 1, 0, 0, 0, -u * x, -v * x, x];
            rows[2 * index + 1] = [0, 0, 0, u, v, 1, -u * y, -v * y, y];
        }
        return Solve(rows) ? new Perspective([.. rows.Select(row => row[8])]) : null;
    }

    /// <summary>Gauss and Jordan, with the largest pivot of each column.</summary>
    private static bool Solve(double[][] rows)
    {
        for (var column = 0; column < 8; column++)
        {
            var pivot = Enumerable.Range(column, 8 - column).MaxBy(row => Math.Abs(rows[row][column]));
            (rows[column], rows[pivot]) = (rows[pivot], rows[column]);
            if (Math.Abs(rows[column][column]) < 1e-9)
                return false;
            for (var index = 8; index >= column; index--)
                rows[column][index] /= rows[column][column];
            for (var row = 0; row < 8; row++)
                if (row != column)
                    for (var index = 8; index >= column; index--)
                        rows[row][index] -= rows[row][column] * rows[column][index];
        }
        return true;
    }
}
