using System.Text.RegularExpressions;
using Ecert.Kernel.Refusals;

namespace Ecert.Kernel.Tests.Refusals;

public sealed partial class RefusalCatalogueTests
{
    [Fact]
    public void All_lists_every_part_of_the_catalogue_by_code()
    {
        Assert.Contains(RefusalCatalogue.InvalidRequest, RefusalCatalogue.All);
        Assert.Contains(RefusalCatalogue.SettlementSplitChanged, RefusalCatalogue.All);
        Assert.Contains(RefusalCatalogue.DifferenceNotFound, RefusalCatalogue.All);
        Assert.Equal(
            RefusalCatalogue.All.Select(reason => reason.Code).Order(StringComparer.Ordinal),
            RefusalCatalogue.All.Select(reason => reason.Code));
    }

    [Fact]
    public void Every_code_is_upper_snake_fits_its_field_and_is_there_once()
    {
        Assert.All(RefusalCatalogue.All, reason => Assert.Matches("^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$", reason.Code));
        Assert.All(RefusalCatalogue.All, reason => Assert.InRange(reason.Code.Length, 3, 63));
        Assert.Equal(
            RefusalCatalogue.All.Count, RefusalCatalogue.All.Select(reason => reason.Code).Distinct().Count());
    }

    [Fact]
    public void Every_field_is_named_as_its_code()
    {
        foreach (var field in typeof(RefusalCatalogue).GetFields())
        {
            var reason = Assert.IsType<RefusalReason>(field.GetValue(null));
            Assert.Equal(reason.Code, Capital().Replace(field.Name, "_$0").ToUpperInvariant());
        }
    }

    [Fact]
    public void Every_entry_says_in_sentences_what_happened_and_what_to_do()
    {
        Assert.All(RefusalCatalogue.All, reason => Assert.Matches(@"^[A-Z].*\.$", reason.Meaning));
        Assert.All(RefusalCatalogue.All, reason => Assert.Matches(@"^[A-Z].*\.$", reason.Remedy));
        Assert.All(RefusalCatalogue.All, reason => Assert.DoesNotContain('|', reason.Meaning + reason.Remedy));
    }

    [Fact]
    public void Every_status_is_a_gRPC_status_of_refusal() =>
        Assert.All(RefusalCatalogue.All, reason => Assert.True(Enum.IsDefined(reason.Status), reason.Code));

    [Fact]
    public void The_page_of_refusals_is_what_the_catalogue_says()
    {
        var path = Path.Combine(RepositoryRoot(), "docs", "errors.md");
        var rendered = RefusalDocument.Render(RefusalCatalogue.All);
        if (Environment.GetEnvironmentVariable("ECERT_WRITE_DOCS") == "1")
            File.WriteAllText(path, rendered);

        Assert.True(
            File.ReadAllText(path).ReplaceLineEndings("\n") == rendered,
            "docs/errors.md is out of date: run ECERT_WRITE_DOCS=1 dotnet test tests/Kernel.Tests");
    }

    [Fact]
    public void The_page_changes_when_an_entry_does()
    {
        var other = RefusalCatalogue.InvalidRequest with { Meaning = "Something else." };

        Assert.NotEqual(RefusalDocument.Render([RefusalCatalogue.InvalidRequest]), RefusalDocument.Render([other]));
    }

    [Fact]
    public void A_refusal_carries_its_violations_to_the_edge()
    {
        var refusal = new Refusal(
            RefusalCatalogue.InvalidRequest, "Two fields are at fault.",
            [new FieldViolation("fees[2].quantity", "must be above 0"), new FieldViolation("payer", "is required")]);

        var carried = Assert.Throws<RefusedException>(void () => throw refusal.ToException());

        Assert.Same(refusal, carried.Refusal);
        Assert.Equal("Two fields are at fault.", carried.Message);
        Assert.Equal(RefusalCatalogue.InvalidRequest.Meaning, RefusalCatalogue.InvalidRequest.AsRefusal().Message);
        Assert.Empty(RefusalCatalogue.InvalidRequest.With("No field is to blame.").Violations);
    }

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Gateway.sln")))
            directory = directory.Parent
                ?? throw new InvalidOperationException("The tests run outside the repository.");
        return directory.FullName;
    }

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Capital();
}
