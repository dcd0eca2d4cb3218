using System.Xml.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Ecert.Tidy.Tests;

public sealed class ProjectArrowTests
{
    /// <summary>A project may reference projects of a lower layer only.</summary>
    private static readonly Dictionary<string, int> Layers = new()
    {
        ["Standalone"] = 6,
        ["Gateway"] = 5, ["Identity"] = 5, ["Sandbox"] = 5, ["Verifier"] = 5,
        ["Adapters"] = 4, ["Ledger"] = 4, ["Contract"] = 4, ["CertsDev"] = 4,
        ["Insurance"] = 3, ["Certificates"] = 3, ["Grpc"] = 3,
        ["Kernel"] = 1,
    };

    /// <summary>Arrows that point downwards and are still not drawn.</summary>
    private static readonly Dictionary<(string From, string To), string> Forbidden = new()
    {
        [("Sandbox", "Adapters")] =
            "a stand-in that shared wire or signing code with the adapter would share its mistakes",
        [("Sandbox", "Contract")] = "the counterparts do not speak our contract",
        [("Grpc", "Kernel")] = "the gRPC layer must go away without a trace when the official packages take its place",
    };

    /// <summary>Projects without web, database or clock: what turnstiles and hospitals embed.</summary>
    private static readonly string[] Pure = ["Kernel", "Insurance", "Certificates"];

    private static readonly string[] ImpurePackages =
        ["Microsoft.EntityFrameworkCore", "Microsoft.Data", "Npgsql", "Polly"];

    private static readonly string[] ImpureNamespaces =
    [
        "Microsoft.AspNetCore", "Microsoft.Extensions", "Microsoft.EntityFrameworkCore", "Microsoft.Data",
        "System.Net.Http",
    ];

    [Fact]
    public void References_point_one_way() => Rule.Holds(
        "A project references projects of a lower layer only, and never one it is kept apart from",
        "each part must be replaceable and testable without those above it",
        Projects().SelectMany(CheckArrows));

    [Fact]
    public void Pure_projects_stay_pure() => Rule.Holds(
        "Kernel, Insurance and Certificates reference no web framework, database or resilience library",
        "they are embedded in gates and hospital software that have none of it",
        Projects().SelectMany(CheckPurity).Concat(Repository.ProductCSharp.SelectMany(CheckUsings)));

    [Fact]
    public void Every_project_has_a_layer() => Assert.Equal(
        Projects().Where(project => !project.Path.StartsWith("tests/") && !project.Path.StartsWith("bench/"))
            .Select(NameOf).Order(),
        Layers.Keys.Order());

    [Theory]
    [InlineData("src/Gateway/Gateway.csproj", "../Identity/Identity.csproj")]
    [InlineData("src/Sandbox/Sandbox.csproj", "../Adapters/Adapters.csproj")]
    [InlineData("src/Insurance/Insurance.csproj", "../Ledger/Ledger.csproj")]
    [InlineData("src/Adapters/Adapters.csproj", "..\\Ledger\\Ledger.csproj")]
    [InlineData("src/Kernel/Kernel.csproj", "../Grpc/Grpc.csproj")]
    public void A_planted_arrow_is_caught(string from, string to) => Assert.Single(CheckArrows(new SourceFile(
        from, $"""<Project><ItemGroup><ProjectReference Include="{to}" /></ItemGroup></Project>""")));

    [Theory]
    [InlineData("""<Project Sdk="Microsoft.NET.Sdk.Web" />""")]
    [InlineData("""<Project><FrameworkReference Include="Microsoft.AspNetCore.App" /></Project>""")]
    [InlineData("""<Project><ItemGroup><PackageReference Include="Microsoft.Data.Sqlite" /></ItemGroup></Project>""")]
    public void Planted_impurity_is_caught(string text) =>
        Assert.Single(CheckPurity(new SourceFile("src/Insurance/Insurance.csproj", text)));

    [Theory]
    [InlineData("using Microsoft.AspNetCore.Http;")]
    [InlineData("class A { Microsoft.EntityFrameworkCore.DbContext _db; }")]
    public void Planted_impure_code_is_caught(string text) =>
        Assert.Single(CheckUsings(new SourceFile("src/Certificates/A.cs", text)));

    private static IEnumerable<SourceFile> Projects() => Repository.Files.Where(file => file.Path.EndsWith(".csproj"));

    private static IEnumerable<Finding> CheckArrows(SourceFile project)
    {
        var from = NameOf(project);
        if (!Layers.TryGetValue(from, out var layer))
            yield break;
        foreach (var to in References(project, "ProjectReference")
            .Select(path => Path.GetFileNameWithoutExtension(path)))
            if (!Layers.TryGetValue(to, out var lower) || lower >= layer)
                yield return new Finding(project.Path, $"references {to}, which is not below it");
            else if (Forbidden.TryGetValue((from, to), out var reason))
                yield return new Finding(project.Path, $"references {to}: {reason}");
    }

    private static IEnumerable<Finding> CheckPurity(SourceFile project)
    {
        if (!Pure.Contains(NameOf(project)))
            yield break;
        if (XDocument.Parse(project.Text).Root?.Attribute("Sdk")?.Value == "Microsoft.NET.Sdk.Web")
            yield return new Finding(project.Path, "is a web project");
        foreach (var framework in References(project, "FrameworkReference"))
            yield return new Finding(project.Path, $"references the framework {framework}");
        foreach (var package in References(project, "PackageReference"))
            if (ImpurePackages.Any(impure => package.StartsWith(impure, StringComparison.Ordinal)))
                yield return new Finding(project.Path, $"references the package {package}");
    }

    private static IEnumerable<Finding> CheckUsings(SourceFile file) =>
        Pure.Any(project => file.IsUnder($"src/{project}"))
            ? file.Root.DescendantNodes().OfType<QualifiedNameSyntax>()
                .Where(name => ImpureNamespaces.Contains(name.ToString()))
                .Select(name => new Finding(file.At(name), $"uses {name}"))
            : [];

    private static IEnumerable<string> References(SourceFile project, string kind) => XDocument.Parse(project.Text)
        .Descendants(kind).Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'));

    private static string NameOf(SourceFile project) => Path.GetFileNameWithoutExtension(project.Path);
}
