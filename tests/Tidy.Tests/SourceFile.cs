using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Ecert.Tidy.Tests;

/// <summary>A text file of the repository, or one planted by a test.</summary>
/// <param name="Path">Relative to the root, with forward slashes.</param>
/// <param name="Text">The whole text.</param>
internal sealed record SourceFile(string Path, string Text)
{
    private readonly Lazy<SyntaxNode> _root = new(() => CSharpSyntaxTree.ParseText(Text, Options).GetRoot());

    private static CSharpParseOptions Options { get; } = new(LanguageVersion.Preview);

    /// <summary>The parsed C#.</summary>
    public SyntaxNode Root => _root.Value;

    public string[] Lines => Text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    public bool IsUnder(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);

    /// <summary>Where a node stands, for a message.</summary>
    public string At(SyntaxNode node) => At(node.GetLocation().GetLineSpan().StartLinePosition.Line + 1);

    public string At(int line) => $"{Path}:{line}";
}
