namespace Ecert.Certificates.Qr.Reading;

/// <summary>Where a version keeps its data: what is no pattern and no information (6.3).</summary>
internal sealed class SymbolLayout
{
    private readonly ModuleGrid _taken;

    private SymbolLayout(int version)
    {
        Version = version;
        Side = 17 + 4 * version;
        _taken = new ModuleGrid(Side);
        Take(0, 0, 9, 9);
        Take(Side - 8, 0, 8, 9);
        Take(0, Side - 8, 9, 8);
        Take(6, 0, 1, Side);
        Take(0, 6, Side, 1);
        TakeAlignments();
        if (!HasVersionInformation)
            return;
        Take(Side - 11, 0, 3, 6);
        Take(0, Side - 11, 6, 3);
    }

    internal int Version { get; }

    internal int Side { get; }

    internal bool HasVersionInformation => Version >= 7;

    internal static bool IsVersion(int version) => version is >= 1 and <= 40;

    internal static SymbolLayout Of(int version) => new(version);

    /// <summary>
    /// The places of data, in the order of their bits (7.7.3): columns in pairs from the right, up and down by turns,
    /// the column of the timing pattern left out.
    /// </summary>
    internal IEnumerable<(int Column, int Row)> DataModules()
    {
        var up = true;
        for (var right = Side - 1; right > 0; right -= right == 8 ? 3 : 2)
        {
            for (var step = 0; step < Side; step++)
            {
                var row = up ? Side - 1 - step : step;
                if (!_taken[right, row])
                    yield return (right, row);
                if (!_taken[right - 1, row])
                    yield return (right - 1, row);
            }
            up = !up;
        }
    }

    private void Take(int left, int top, int width, int height)
    {
        for (var row = top; row < top + height; row++)
            for (var column = left; column < left + width; column++)
                _taken[column, row] = true;
    }

    private void TakeAlignments()
    {
        var places = AlignmentPlaces();
        foreach (var row in places)
            foreach (var column in places)
            {
                var isFinder = (row == 6 && column == 6) || (row == 6 && column == Side - 7)
                    || (row == Side - 7 && column == 6);
                if (!isFinder)
                    Take(column - 2, row - 2, 5, 5);
            }
    }

    /// <summary>
    /// Annex E: from 6 to seven before the end, evenly by an even step, the unevenness between the first two.
    /// Version 32 alone rounds otherwise.
    /// </summary>
    private List<int> AlignmentPlaces()
    {
        if (Version == 1)
            return [];
        var count = Version / 7 + 2;
        var step = Version == 32 ? 26 : (Version * 4 + count * 2 + 1) / (count * 2 - 2) * 2;
        return [6, .. Enumerable.Range(0, count - 1).Select(index => Side - 7 - index * step)];
    }
}
