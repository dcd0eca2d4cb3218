using Google.Protobuf.Reflection;

namespace Grpc.Reflection;

/// <summary>Finds the file that declares a symbol or an extension, among files and all they import.</summary>
public class SymbolRegistry
{
    private readonly Dictionary<string, FileDescriptor> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileDescriptor> _symbols = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Type, int Number), FileDescriptor> _extensions = [];

    private SymbolRegistry() { }

    /// <summary>A registry of these files and all they import.</summary>
    public static SymbolRegistry FromFiles(IEnumerable<FileDescriptor> fileDescriptors)
    {
        ArgumentNullException.ThrowIfNull(fileDescriptors);
        var registry = new SymbolRegistry();
        foreach (var file in fileDescriptors)
            registry.Add(file);
        return registry;
    }

    /// <summary>The file of this name, or null.</summary>
    public FileDescriptor? FileByName(string filename) => _files.GetValueOrDefault(filename);

    /// <summary>The file that declares this fully qualified symbol, or null.</summary>
    public FileDescriptor? FileContainingSymbol(string symbol) => _symbols.GetValueOrDefault(symbol);

    internal FileDescriptor? FileContainingExtension(string type, int number) =>
        _extensions.GetValueOrDefault((type, number));

    /// <summary>The numbers of the extensions of a message; null when the message is not known.</summary>
    internal IReadOnlyList<int>? ExtensionNumbers(string type) => _symbols.ContainsKey(type)
        ? [.. _extensions.Keys.Where(key => key.Type == type).Select(key => key.Number).Order()]
        : null;

    private void Add(FileDescriptor file)
    {
        if (!_files.TryAdd(file.Name, file))
            return;
        foreach (var dependency in file.Dependencies)
            Add(dependency);
        foreach (var service in file.Services)
        {
            _symbols.TryAdd(service.FullName, file);
            foreach (var method in service.Methods)
                _symbols.TryAdd(method.FullName, file);
        }
        foreach (var message in file.MessageTypes)
            Add(message, file);
        foreach (var enumeration in file.EnumTypes)
            Add(enumeration, file);
        Add(file.Extensions, file);
    }

    private void Add(MessageDescriptor message, FileDescriptor file)
    {
        _symbols.TryAdd(message.FullName, file);
        foreach (var field in message.Fields.InDeclarationOrder())
            _symbols.TryAdd(field.FullName, file);
        foreach (var oneof in message.Oneofs)
            _symbols.TryAdd(oneof.FullName, file);
        foreach (var nested in message.NestedTypes)
            Add(nested, file);
        foreach (var enumeration in message.EnumTypes)
            Add(enumeration, file);
        Add(message.Extensions, file);
    }

    private void Add(EnumDescriptor enumeration, FileDescriptor file)
    {
        _symbols.TryAdd(enumeration.FullName, file);
        foreach (var value in enumeration.Values)
            _symbols.TryAdd(value.FullName, file);
    }

    private void Add(ExtensionCollection extensions, FileDescriptor file)
    {
        foreach (var extension in extensions.UnorderedExtensions)
        {
            _symbols.TryAdd(extension.FullName, file);
            _extensions.TryAdd((extension.ExtendeeType.FullName, extension.FieldNumber), file);
        }
    }
}
