using System.Collections;

namespace Ecert.Interop.Tests.RawHttp2;

/// <summary>Header fields in the order they stand on the wire; a name may stand several times.</summary>
internal sealed class HeaderList : IEnumerable<(string Name, string Value)>
{
    private readonly List<(string Name, string Value)> _fields = [];

    public void Add(string name, string value) => _fields.Add((name, value));

    public void Add((string Name, string Value) field) => _fields.Add(field);

    /// <summary>The value of the only field with this name, or null when there is none.</summary>
    public string? this[string name] => _fields.Where(f => f.Name == name).Select(f => f.Value).SingleOrDefault();

    public string[] All(string name) => [.. _fields.Where(f => f.Name == name).Select(f => f.Value)];

    /// <summary>A copy with this field where the name stood, or at the end; null takes the name out.</summary>
    public HeaderList With(string name, string? value)
    {
        var copy = new HeaderList();
        var position = _fields.FindIndex(field => field.Name == name);
        copy._fields.AddRange(_fields.Where(field => field.Name != name));
        if (value is not null)
            copy._fields.Insert(position < 0 ? copy._fields.Count : position, (name, value));
        return copy;
    }

    /// <summary>A copy with one more field, whatever is there already.</summary>
    public HeaderList Plus(string name, string value)
    {
        var copy = new HeaderList();
        copy._fields.AddRange(_fields);
        copy.Add(name, value);
        return copy;
    }

    public IEnumerator<(string Name, string Value)> GetEnumerator() => _fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join("; ", _fields.Select(f => $"{f.Name}: {f.Value}"));
}
