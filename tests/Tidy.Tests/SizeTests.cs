using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Ecert.Tidy.Tests;

public sealed class SizeTests
{
    private const int LongestFile = 300;
    private const int LongestMethod = 60;
    private const int LongestLine = 120;

    /// <summary>Files that may be longer, each with its reason.</summary>
    private static readonly Dictionary<string, string> LongFiles = [];

    /// <summary>Files with lines that may be longer, each with its reason.</summary>
    private static readonly Dictionary<string, string> LongLines = [];

    /// <summary>Files with methods that may be longer, each with its reason.</summary>
    private static readonly Dictionary<string, string> LongMethods = new()
    {
        ["src/Gateway/Edge/Permissions.cs"] = "the one table of who may call what is read as one",
    };

    [Fact]
    public void Files_are_short() => Rule.Holds(
        $"A C# file has at most {LongestFile} lines",
        "what does not fit a few screens is read by nobody from top to bottom",
        Repository.CSharp.SelectMany(CheckFile).Except(LongFiles));

    [Fact]
    public void Lines_are_short() => Rule.Holds(
        $"A line of C# or of the contract has at most {LongestLine} columns",
        "two files must fit side by side in a review",
        Repository.CSharp.Concat(Repository.Files.Where(file => file.IsUnder("protos/ecert")))
            .SelectMany(CheckLines).Except(LongLines));

    [Fact]
    public void Methods_are_short() => Rule.Holds(
        $"A method has at most {LongestMethod} lines", "a reader must see its beginning and its end at once",
        Repository.CSharp.SelectMany(CheckMethods).Except(LongMethods));

    [Fact]
    public void A_planted_long_file_is_caught() =>
        Assert.Single(
            CheckFile(new SourceFile("src/A.cs", string.Join('\n', Enumerable.Repeat(";", LongestFile + 1)))));

    [Fact]
    public void A_planted_long_line_is_caught()
    {
        var text = $"// short\n{new string('x', LongestLine)}\n{new string('x', LongestLine + 1)}\n";

        Assert.Equal("src/A.cs:3", Assert.Single(CheckLines(new SourceFile("src/A.cs", text))).Where);
    }

    [Theory]
    [InlineData("class A { void M() {", "} }")]
    [InlineData("class A(int x) { public int this[int i] { get {", "return x; } } }")]
    [InlineData("class A { int[] M() => [1,", "2]; }")]
    [InlineData("class A { void M() { void Local() {", "} } }")]
    public void A_planted_long_method_is_caught(string before, string after)
    {
        var text = before + new string('\n', LongestMethod) + after;

        Assert.Contains(CheckMethods(new SourceFile("src/A.cs", text)), finding => finding.Where == "src/A.cs:1");
        Assert.Empty(CheckMethods(new SourceFile("src/A.cs", before + after)));
    }

    private static IEnumerable<Finding> CheckFile(SourceFile file) =>
        file.Lines.Length > LongestFile ? [new Finding(file.Path, $"{file.Lines.Length} lines")] : [];

    private static IEnumerable<Finding> CheckLines(SourceFile file) => file.Lines
        .Select((line, index) => (line.Length, Number: index + 1))
        .Where(line => line.Length > LongestLine)
        .Select(line => new Finding(file.At(line.Number), $"{line.Length} columns"));

    private static IEnumerable<Finding> CheckMethods(SourceFile file) => file.Root.DescendantNodes()
        .Where(node => node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax
            or PropertyDeclarationSyntax { ExpressionBody: not null })
        .Select(node => (Node: node, Lines: LinesOf(node)))
        .Where(method => method.Lines > LongestMethod)
        .Select(method => new Finding(file.At(method.Node), $"a method of {method.Lines} lines"));

    private static int LinesOf(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }
}
