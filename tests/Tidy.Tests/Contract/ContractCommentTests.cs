using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;

namespace Ecert.Tidy.Tests.Contract;

public sealed partial class ContractCommentTests
{
    [Fact]
    public void Everything_in_the_contract_is_explained() => Rule.Holds(
        "Every service, method, message, field, enum and value of the contract has a sentence above it",
        "the contract is read by people who cannot ask us", ProtoFiles().SelectMany(Check));

    /// <summary>The reading above sees every declaration the compiler saw: none can hide from it.</summary>
    [Fact]
    public void Every_declaration_is_seen()
    {
        foreach (var file in Descriptors.Files)
        {
            var source = Assert.Single(ProtoFiles(), proto => proto.Path == $"protos/{file.Name}");
            Assert.Equal(Count(file), source.Lines.Count(line => Declaration().IsMatch(line)));
        }
    }

    [Theory]
    [InlineData("// A thing.\nmessage A {\n  string name = 1;\n}")]
    [InlineData("// A thing.\nmessage A {\n  // Its name.\n  string name = 1;\n  repeated int64 x_fen = 2;\n}")]
    [InlineData("// A thing.\nmessage A {\n  // Its names.\n\n  map<string, string> names = 1;\n}")]
    [InlineData("\nmessage A {}")]
    [InlineData("// A choice.\nenum A {\n  A_UNSPECIFIED = 0;\n}")]
    [InlineData("// A door.\nservice A {\n  rpc Go(GoRequest) returns (stream GoResponse) {\n  }\n}")]
    [InlineData("// A thing.\nmessage A {\n  //\n  string name = 1;\n}")]
    [InlineData("// A thing.\nmessage A {\n  // name\n  string name = 1;\n}")]
    public void A_planted_silence_is_caught(string text) =>
        Assert.Single(Check(new SourceFile("protos/ecert/v1/a.proto", "// A file.\n" + text)));

    [Fact]
    public void A_file_without_a_heading_is_caught() =>
        Assert.Single(Check(new SourceFile("protos/ecert/v1/a.proto", "syntax = \"proto3\";\n")));

    private static IEnumerable<SourceFile> ProtoFiles() =>
        Repository.Files.Where(
            file => file.IsUnder("protos/ecert") && file.Path.EndsWith(".proto", StringComparison.Ordinal));

    private static IEnumerable<Finding> Check(SourceFile file)
    {
        var lines = file.Lines;
        if (!lines[0].StartsWith("// ", StringComparison.Ordinal))
            yield return new Finding(file.At(1), "the file says nothing of itself");
        for (var index = 1; index < lines.Length; index++)
            if (Declaration().IsMatch(lines[index]) && !Sentence().IsMatch(lines[index - 1]))
                yield return new Finding(file.At(index + 1), $"{lines[index].Trim()} has no sentence above it");
    }

    private static int Count(FileDescriptor file) =>
        file.MessageTypes.Sum(message => 1 + message.Fields.InDeclarationOrder().Count + message.RealOneofCount)
        + file.EnumTypes.Sum(type => 1 + type.Values.Count)
        + file.Services.Sum(service => 1 + service.Methods.Count);

    [GeneratedRegex("""
        ^\s*(message|enum|service|oneof|rpc)\s+\w+
        | ^\s*(repeated\s+|optional\s+)?(map<\w+,\ *[\w.]+>|[\w.]+)\s+\w+\s*=\s*\d+;
        | ^\s*[A-Z][A-Z0-9_]*\s*=\s*-?\d+;
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Declaration();

    // A line of comment that ends as a sentence does.
    [GeneratedRegex(@"^\s*//\s*\S.*[.?)…""]$")]
    private static partial Regex Sentence();
}
