using System.Globalization;
using System.Text.Json;
using Ecert.Kernel;

namespace Ecert.Insurance;

/// <summary>
/// A place in a pack's JSON that knows its path. Whatever is missing, of the wrong kind or out of range is noted as an
/// error there and read as a harmless value, so that one reading finds every error.
/// </summary>
internal sealed class PackNode
{
    private readonly JsonElement? _element;
    private readonly List<PackError> _errors;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public PackNode(JsonElement? element, string path, List<PackError> errors)
    {
        _element = element;
        Path = path;
        _errors = errors;
    }

    public string Path { get; }

    public bool IsText => _element?.ValueKind == JsonValueKind.String;

    public bool IsThere => _element is not null;

    public bool IsObject => _element?.ValueKind == JsonValueKind.Object;

    public void Fail(string words) => _errors.Add(new PackError(Path, words));

    /// <summary>A member that must be there.</summary>
    public PackNode Member(string name)
    {
        var member = Optional(name);
        if (member is null && IsObject)
            _errors.Add(new PackError($"{Path}.{name}", "It is missing."));
        return member ?? new PackNode(null, $"{Path}.{name}", _errors);
    }

    /// <summary>A member that may be missing.</summary>
    public PackNode? Optional(string name)
    {
        _known.Add(name);
        return IsObject && _element!.Value.TryGetProperty(name, out var value)
            ? new PackNode(value, $"{Path}.{name}", _errors)
            : null;
    }

    /// <summary>Notes every member that was not asked for: a misspelt rule must not silently do nothing.</summary>
    public void RefuseUnknownMembers()
    {
        if (!IsObject)
        {
            if (_element is not null)
                Fail("It must be an object.");
            return;
        }
        foreach (var property in _element!.Value.EnumerateObject())
            if (!_known.Contains(property.Name))
                _errors.Add(new PackError($"{Path}.{property.Name}", "There is no such member."));
    }

    /// <summary>The members of an object that is a map.</summary>
    public IEnumerable<(string Name, PackNode Node)> Entries()
    {
        if (!IsObject)
        {
            if (_element is not null)
                Fail("It must be an object.");
            return [];
        }
        return _element!.Value.EnumerateObject()
            .Select(property => (property.Name, new PackNode(property.Value, $"{Path}.{property.Name}", _errors)));
    }

    public IReadOnlyList<PackNode> Items()
    {
        if (_element is null)
            return [];
        if (_element.Value.ValueKind != JsonValueKind.Array)
        {
            Fail("It must be an array.");
            return [];
        }
        return [.. _element.Value.EnumerateArray()
            .Select((item, index) => new PackNode(item, $"{Path}[{index}]", _errors))];
    }

    public string Text(int maxLength = 1000)
    {
        if (_element is null)
            return "";
        var text = IsText ? _element.Value.GetString()! : null;
        if (text is not { Length: > 0 } || text.Length > maxLength)
            Fail($"It must be a text of 1 to {maxLength} characters.");
        return text ?? "";
    }

    public bool Flag()
    {
        if (_element is null or { ValueKind: JsonValueKind.True or JsonValueKind.False })
            return _element?.ValueKind == JsonValueKind.True;
        Fail("It must be true or false.");
        return false;
    }

    public Money Money() => Parsed(
        "yuan in a text, at least zero, with at most two decimals",
        (string text, out Money money) => Kernel.Money.TryParseYuan(text, out money) && !money.IsNegative);

    public Ratio Ratio() => Parsed(
        "a share in a text, from \"0\" to \"1\" with at most four decimals",
        (string text, out Ratio ratio) =>
        {
            var read = FixedPoint.TryParse(text, 4, out var units) && units <= Kernel.Ratio.One.TenThousandths;
            ratio = new Ratio(read ? (int)units : 0);
            return read;
        });

    public UnitPrice Price() => Parsed<UnitPrice>(
        "yuan in a text, above zero, with at most six decimals",
        (string text, out UnitPrice price) => UnitPrice.TryParse(text, out price) && price.Millionths > 0);

    public DateOnly Date(string format) => Parsed(
        $"a date in a text of the form {format}",
        (string text, out DateOnly date) => DateOnly.TryParseExact(
            text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out date));

    public T OneOf<T>(IReadOnlyDictionary<string, T> choices) => Parsed(
        $"one of {string.Join(", ", choices.Keys)}",
        (string text, out T value) => choices.TryGetValue(text, out value!));

    public delegate bool Parser<T>(string text, out T value);

    /// <summary>A text that reads as something; the default where it does not.</summary>
    public T Parsed<T>(string form, Parser<T> parse)
    {
        if (_element is null)
            return default!;
        if (IsText && parse(_element.Value.GetString()!, out var value))
            return value;
        Fail($"It must be {form}.");
        return default!;
    }
}
