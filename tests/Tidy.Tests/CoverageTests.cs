using System.Text.RegularExpressions;
using Ecert.Tidy.Tests.Contract;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Ecert.Tidy.Tests;

/// <summary>The README's table of verbs: in its rows every verb of the contract is followed by ✅ or ❌.</summary>
public sealed partial class CoverageTests
{
    private const string Slices = "src/Gateway";

    [Fact]
    public void The_README_promises_what_the_Gateway_offers()
    {
        if (Repository.Find("README.md") is not { } readme)
            return;
        Rule.Holds(
            "A verb is marked ✅ in the README exactly when the Gateway overrides it, and no verb is left out",
            "nobody should find out at noon that a verb is not built",
            CheckCoverage(readme, Offered(GatewayFiles()), AllVerbs()));
    }

    [Fact]
    public void Every_slice_has_its_test() => Rule.Holds(
        "A verb's file has a test file of the same name, or a test calls the verb through a client",
        "a verb nobody called in a test was never called",
        CheckTests(GatewayFiles(), [.. TestFiles()], AllVerbs()));

    [Theory]
    [InlineData("| PayBill ✅ · QueryBill ❌ |", "")]
    [InlineData("| `PayBill` | ✅ |\n| `QueryBill` | ❌ |", "")]
    [InlineData("| BillService | PayBill ✅, QueryBill ✅ |", "QueryBill is marked ✅ and not offered")]
    [InlineData("| PayBill ❌, QueryBill ❌ |", "PayBill is offered and marked ❌")]
    [InlineData("| PayBill ✅ |", "QueryBill is not in the table")]
    [InlineData("PayBill ✅ and QueryBill ❌ in prose", "PayBill is not in the table|QueryBill is not in the table")]
    public void A_planted_promise_is_judged(string table, string expected)
    {
        var found = CheckCoverage(new SourceFile("README.md", table), ["PayBill"], ["PayBill", "QueryBill"]);

        Assert.Equal(expected, string.Join('|', found.Select(one => one.What)));
    }

    [Fact]
    public void Overridden_methods_of_service_bases_are_what_is_offered()
    {
        var file = new SourceFile("src/Gateway/Bills/BillService.cs", """
            sealed class BillService(PayBill pay) : V1.BillService.BillServiceBase
            {
                public override Task<PayBillResponse> PayBill(PayBillRequest request, ServerCallContext context) =>
                    pay.RunAsync();
                public override string ToString() => "bills";
                private void QueryBill() { }
            }
            sealed class Other : Base { public override void Settle() { } }
            """);

        Assert.Equal(["PayBill"], Offered([file]));
    }

    [Fact]
    public void A_planted_verb_without_a_test_is_caught()
    {
        SourceFile[] slice = [new("src/Gateway/Bills/PayBill.cs", ""), new("src/Gateway/Bills/BillRow.cs", "")];

        SourceFile other = new("tests/Gateway.Tests/Bills/QueryBillTests.cs", "class A { /* bills.PayBillAsync() */ }");
        SourceFile named = new("tests/Gateway.Tests/Bills/PayBillTests.cs", "");
        SourceFile calling = new("tests/Journeys.Tests/BillJourney.cs", "await bills.PayBillAsync(request);");

        Assert.Single(CheckTests(slice, [other], ["PayBill"]));
        Assert.Empty(CheckTests(slice, [named], ["PayBill"]));
        Assert.Empty(CheckTests(slice, [calling], ["PayBill"]));
    }

    private static IEnumerable<SourceFile> GatewayFiles() => Repository.CSharp.Where(file => file.IsUnder(Slices));

    private static IEnumerable<SourceFile> TestFiles() =>
        Repository.CSharp.Where(file => new[] { "tests/Gateway.Tests", "tests/Journeys.Tests" }.Any(file.IsUnder));

    private static string[] AllVerbs() => [.. Descriptors.Methods(Descriptors.Files).Select(method => method.Name)];

    private static string[] Offered(IEnumerable<SourceFile> files) =>
    [
        .. from file in files
           from type in file.Root.DescendantNodes().OfType<ClassDeclarationSyntax>()
           where type.BaseList?.Types.Any(one => ServiceBase().IsMatch(one.Type.ToString())) == true
           from method in type.Members.OfType<MethodDeclarationSyntax>()
           where method.Modifiers.Any(SyntaxKind.OverrideKeyword) && AllVerbs().Contains(method.Identifier.Text)
           select method.Identifier.Text,
    ];

    private static IEnumerable<Finding> CheckCoverage(SourceFile readme, string[] offered, string[] verbs)
    {
        var marks = Marks(readme, verbs);
        foreach (var verb in verbs.Order(StringComparer.Ordinal))
            if (!marks.TryGetValue(verb, out var promised))
                yield return new Finding(readme.Path, $"{verb} is not in the table");
            else if (promised && !offered.Contains(verb))
                yield return new Finding(readme.Path, $"{verb} is marked ✅ and not offered");
            else if (!promised && offered.Contains(verb))
                yield return new Finding(readme.Path, $"{verb} is offered and marked ❌");
    }

    // In a table's row a mark speaks for the verbs before it, back to the mark before.
    private static Dictionary<string, bool> Marks(SourceFile readme, string[] verbs)
    {
        var marks = new Dictionary<string, bool>();
        foreach (var row in readme.Lines.Where(line => line.TrimStart().StartsWith('|')))
        {
            var waiting = new List<string>();
            foreach (var word in VerbOrMark().Matches(row).Select(match => match.Value))
                if (word is "✅" or "❌")
                {
                    waiting.ForEach(verb => marks[verb] = word == "✅");
                    waiting.Clear();
                }
                else if (verbs.Contains(word))
                    waiting.Add(word);
        }
        return marks;
    }

    private static IEnumerable<Finding> CheckTests(
        IEnumerable<SourceFile> slices, IReadOnlyList<SourceFile> tests, string[] verbs)
    {
        var named = tests.Select(file => Path.GetFileNameWithoutExtension(file.Path)).ToHashSet();
        var called = tests.SelectMany(Calls).ToHashSet();
        return from file in slices
               let verb = Path.GetFileNameWithoutExtension(file.Path)
               where verbs.Contains(verb)
               where !named.Contains($"{verb}Tests") && !called.Contains(verb) && !called.Contains($"{verb}Async")
               select new Finding(file.Path, $"has no {verb}Tests.cs, and no test calls {verb}");
    }

    private static IEnumerable<string> Calls(SourceFile file) => file.Root.DescendantNodes()
        .OfType<InvocationExpressionSyntax>()
        .Select(call => call.Expression).OfType<MemberAccessExpressionSyntax>()
        .Select(access => access.Name.Identifier.Text);

    [GeneratedRegex(@"(^|\.)\w+ServiceBase$")]
    private static partial Regex ServiceBase();

    [GeneratedRegex("[A-Za-z]+|✅|❌")]
    private static partial Regex VerbOrMark();
}
