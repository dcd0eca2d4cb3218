using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Ecert.Tidy.Tests;

public sealed partial class NameTests
{
    [Fact]
    public void Nothing_is_named_after_having_no_name() => Rule.Holds(
        "No folder, file or type is named Common, Utils, Helpers or Manager",
        "such a name says that nobody knew what belongs there, and soon everything does",
        Repository.CSharp.SelectMany(Check));

    [Theory]
    [InlineData("src/Gateway/Common/A.cs", "class A;")]
    [InlineData("src/Gateway/utils/A.cs", "class A;")]
    [InlineData("src/Gateway/DateHelper.cs", "class A;")]
    [InlineData("src/Gateway/A.cs", "class PaymentManager;")]
    [InlineData("src/Gateway/A.cs", "interface IFareHelper;")]
    [InlineData("src/Gateway/A.cs", "static class TimeUtil;")]
    [InlineData("src/Gateway/A.cs", "record struct FeeUtilities(int X);")]
    public void A_planted_name_is_caught(string path, string text) => Assert.Single(Check(new SourceFile(path, text)));

    [Theory]
    [InlineData("src/Gateway/Payments/CommonPool.cs", "class CommonPool;")]
    [InlineData("src/Gateway/A.cs", "class Utilization;")]
    public void A_name_that_only_looks_alike_is_left_alone(string path, string text) =>
        Assert.Empty(Check(new SourceFile(path, text)));

    private static IEnumerable<Finding> Check(SourceFile file)
    {
        foreach (var segment in file.Path.Split('/').Select(part => Path.GetFileNameWithoutExtension(part)))
            if (Nameless().IsMatch(segment))
                yield return new Finding(file.Path, $"is under the name {segment}");
        foreach (var type in file.Root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>())
            if (Nameless().IsMatch(type.Identifier.Text))
                yield return new Finding(file.At(type), $"declares {type.Identifier.Text}");
    }

    [GeneratedRegex("^(I?Common|common)$|(Utils?|Utilit(y|ies)|Helpers?|Managers?|^utils?|^helpers?)$")]
    private static partial Regex Nameless();
}
