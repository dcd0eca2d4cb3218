using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Ecert.Tidy.Tests;

public sealed class MoneyTests
{
    private const string Pixels = "a place in a picture lies between its pixels";

    /// <summary>Files where a binary fraction is no money, each with its reason.</summary>
    private static readonly Dictionary<string, string> Excused = new()
    {
        ["src/Adapters/Resilience/ResilienceOptions.cs"] = "the share of failed calls at which a circuit breaker opens",
        ["src/Certificates/Qr/Reading/AlignmentSearch.cs"] = Pixels,
        ["src/Certificates/Qr/Reading/Corners.cs"] = Pixels,
        ["src/Certificates/Qr/Reading/FinderSearch.cs"] = Pixels,
        ["src/Certificates/Qr/Reading/Perspective.cs"] = Pixels,
        ["src/Certificates/Qr/Reading/PicturePoint.cs"] = Pixels,
    };

    [Fact]
    public void Money_is_whole_fen() => Rule.Holds(
        "No decimal, double or float is declared in the product",
        "money is Money, shares are Ratio, quantities are parsed exactly; anything else rounds when nobody looks",
        Repository.ProductCSharp.SelectMany(Check).Except(Excused));

    [Theory]
    [InlineData("class A { decimal _price; }")]
    [InlineData("class A { void M(double amount) { } }")]
    [InlineData("record A(float Share);")]
    [InlineData("class A { object M(object x) => (decimal?)x; }")]
    [InlineData("class A { void M() { List<double> xs = []; } }")]
    [InlineData("class A { bool M(string s) => Decimal.TryParse(s, out _); }")]
    public void A_planted_fraction_is_caught(string text) =>
        Assert.Single(Check(new SourceFile("src/Kernel/A.cs", text)));

    [Theory]
    [InlineData("class A { long _amountFen; /* decimal */ string s = \"double\"; }")]
    [InlineData("class A { TimeSpan _wait = TimeSpan.FromSeconds(1.5); }")]
    public void What_only_looks_alike_is_left_alone(string text) =>
        Assert.Empty(Check(new SourceFile("src/Kernel/A.cs", text)));

    private static IEnumerable<Finding> Check(SourceFile file) =>
        from token in file.Root.DescendantTokens()
        where token.IsKind(SyntaxKind.DecimalKeyword) || token.IsKind(SyntaxKind.DoubleKeyword)
            || token.IsKind(SyntaxKind.FloatKeyword)
            || (token.IsKind(SyntaxKind.IdentifierToken) && token.Text is "Decimal" or "Double" or "Single"
                && token.Parent?.Parent?.ToString().StartsWith(token.Text + ".", StringComparison.Ordinal) == true)
        select new Finding(file.At(token.Parent!), token.Text);
}
