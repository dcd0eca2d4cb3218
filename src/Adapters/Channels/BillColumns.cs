using Ecert.Adapters.Ports;

namespace Ecert.Adapters.Channels;

/// <summary>The columns of a bill by the names in its header.</summary>
internal sealed class BillColumns(IReadOnlyList<string> header)
{
    private readonly Dictionary<string, int> _positions = header
        .Select((name, position) => (Name: name.Trim().TrimStart('`'), Position: position))
        .GroupBy(column => column.Name)
        .ToDictionary(group => group.Key, group => group.First().Position);

    /// <summary>The cell under the first of the names that the header has, without padding.</summary>
    /// <exception cref="StatementFailedException">
    /// The header has none of the names, or the row is too short.
    /// </exception>
    public string Cell(IReadOnlyList<string> cells, int line, params string[] names)
    {
        foreach (var name in names)
        {
            if (!_positions.TryGetValue(name, out var position))
                continue;
            return position < cells.Count
                ? cells[position].Trim()
                : throw new StatementFailedException($"Line {line} of the bill is too short.");
        }
        throw new StatementFailedException($"The bill has no column {names[0]}.");
    }

    public bool Has(string name) => _positions.ContainsKey(name);
}
