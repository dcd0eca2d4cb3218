using Ecert.V1;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Ecert.Tidy.Tests.Contract;

/// <summary>The contract as it was compiled, and changed copies of it for counter-examples.</summary>
internal static class Descriptors
{
    private static readonly ExtensionRegistry Extensions = [AnnotationsExtensions.Http];

    /// <summary>Every file of the contract.</summary>
    public static IReadOnlyList<FileDescriptor> Files { get; } =
    [
        .. typeof(CommonReflection).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(type => (FileDescriptor)type.GetProperty("Descriptor")!.GetValue(null)!)
            .OrderBy(file => file.Name, StringComparer.Ordinal),
    ];

    public static IEnumerable<MethodDescriptor> Methods(IEnumerable<FileDescriptor> files) =>
        files.SelectMany(file => file.Services).SelectMany(service => service.Methods);

    public static IEnumerable<MessageDescriptor> Messages(IEnumerable<FileDescriptor> files) =>
        files.SelectMany(file => file.MessageTypes);

    public static IEnumerable<EnumDescriptor> Enums(IEnumerable<FileDescriptor> files) =>
        files.SelectMany(file => file.EnumTypes);

    /// <summary>The HTTP mapping as verb and path; null when there is none.</summary>
    public static (string Verb, string Path)? Http(this MethodDescriptor method)
    {
        var rule = method.GetOptions()?.GetExtension(AnnotationsExtensions.Http);
        return rule?.PatternCase switch
        {
            HttpRule.PatternOneofCase.Get => ("GET", rule.Get),
            HttpRule.PatternOneofCase.Post => ("POST", rule.Post),
            HttpRule.PatternOneofCase.Put => ("PUT", rule.Put),
            HttpRule.PatternOneofCase.Patch => ("PATCH", rule.Patch),
            HttpRule.PatternOneofCase.Delete => ("DELETE", rule.Delete),
            _ => null,
        };
    }

    /// <summary>The contract with one file changed, as if its .proto had been edited.</summary>
    public static IReadOnlyList<FileDescriptor> Changed(string fileName, Action<FileDescriptorProto> change)
    {
        var original = Files.Single(file => file.Name == $"ecert/v1/{fileName}.proto");
        var edited = FileDescriptorProto.Parser.WithExtensionRegistry(Extensions).ParseFrom(original.SerializedData);
        change(edited);
        var inOrder =
            Dependencies(original).Distinct().Select(file => file.SerializedData).Append(edited.ToByteString());
        return [FileDescriptor.BuildFromByteStrings(inOrder, Extensions)[^1]];
    }

    private static IEnumerable<FileDescriptor> Dependencies(FileDescriptor file) =>
        file.Dependencies.SelectMany(needed => Dependencies(needed).Append(needed));
}
