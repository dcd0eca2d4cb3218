using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Ecert.Tidy.Tests;

public sealed class TypeTests
{
    /// <summary>Interfaces that may have one implementation, each with its reason.</summary>
    private static readonly Dictionary<string, string> ExcusedInterfaces = [];

    /// <summary>Classes that may be open though nobody derives from them, each with its reason.</summary>
    private static readonly Dictionary<string, string> ExcusedClasses = [];

    [Fact]
    public void Interfaces_have_several_implementations_or_are_ports() => Rule.Holds(
        "An interface outside src/Adapters/Ports has at least two implementations",
        "an interface with one is a second name for a class, and one more file to open",
        CheckInterfaces([.. Repository.ProductCSharp]).Except(ExcusedInterfaces));

    [Fact]
    public void Classes_are_sealed() => Rule.Holds(
        "A class is sealed, static or abstract, unless one of ours derives from it",
        "what may be overridden must be meant to be",
        CheckClasses([.. Repository.ProductCSharp, .. TestCSharp()]).Except(ExcusedClasses));

    [Theory]
    [InlineData("interface IOne { } class A : IOne { }")]
    [InlineData("interface INone { }")]
    [InlineData("interface IOne<T> { } class A : Base, IOne<int> { }")]
    public void A_planted_lonely_interface_is_caught(string text) =>
        Assert.Single(CheckInterfaces([new SourceFile("src/Gateway/A.cs", text)]));

    [Theory]
    [InlineData("interface ITwo { } class A : ITwo { } record B : ITwo;")]
    [InlineData("interface ITwo<T> { } class A : ITwo<int> { } class B : Ecert.ITwo<long> { }")]
    public void Two_implementations_are_enough(string text) =>
        Assert.Empty(CheckInterfaces([new SourceFile("src/Gateway/A.cs", text)]));

    [Theory]
    [InlineData("public class A { }")]
    [InlineData("public record A(int X);")]
    [InlineData("class Outer<T> : Base { }")]
    public void A_planted_open_class_is_caught(string text) =>
        Assert.Single(CheckClasses([new SourceFile("src/Gateway/A.cs", text)]));

    [Theory]
    [InlineData("class A { } sealed class B : A { }")]
    [InlineData("abstract record A { } sealed record B : A;")]
    [InlineData("static class A { }")]
    [InlineData("record struct A(int X);")]
    public void A_class_with_heirs_or_without_a_need_is_left_alone(string text) =>
        Assert.Empty(CheckClasses([new SourceFile("src/Gateway/A.cs", text)]));

    private static IEnumerable<SourceFile> TestCSharp() => Repository.CSharp.Where(file => file.IsUnder("tests"));

    private static IEnumerable<Finding> CheckInterfaces(IReadOnlyList<SourceFile> files)
    {
        var implementations =
            BaseNames(files).GroupBy(name => name).ToDictionary(group => group.Key, group => group.Count());
        return from file in files
               where IsOurs(file) && !file.IsUnder("src/Adapters/Ports")
               from declared in file.Root.DescendantNodes().OfType<InterfaceDeclarationSyntax>()
               let count = implementations.GetValueOrDefault(declared.Identifier.Text)
               where count < 2
               select new Finding(file.At(declared), $"{declared.Identifier.Text} has {count} implementations");
    }

    private static IEnumerable<Finding> CheckClasses(IReadOnlyList<SourceFile> files)
    {
        var bases = BaseNames(files).ToHashSet();
        var closed = files.SelectMany(Classes).Where(IsClosed).Select(type => type.Identifier.Text).ToHashSet();
        return from file in files
               where IsOurs(file)
               from type in Classes(file)
               let name = type.Identifier.Text
               where !closed.Contains(name) && !bases.Contains(name) && name != "Program"
               select new Finding(file.At(type), $"{name} is open");
    }

    // The gRPC layer declares the official library's types, open where that one's are.
    private static bool IsOurs(SourceFile file) => file.IsUnder("src") && !file.IsUnder("src/Grpc");

    private static IEnumerable<TypeDeclarationSyntax> Classes(SourceFile file) => file.Root.DescendantNodes()
        .OfType<TypeDeclarationSyntax>()
        .Where(type => type is ClassDeclarationSyntax
            || (type is RecordDeclarationSyntax record
                && !record.ClassOrStructKeyword.IsKind(SyntaxKind.StructKeyword)));

    private static bool IsClosed(TypeDeclarationSyntax type) => type.Modifiers.Any(SyntaxKind.SealedKeyword)
        || type.Modifiers.Any(SyntaxKind.AbstractKeyword) || type.Modifiers.Any(SyntaxKind.StaticKeyword);

    private static IEnumerable<string> BaseNames(IEnumerable<SourceFile> files) =>
        from file in files
        from list in file.Root.DescendantNodes().OfType<BaseListSyntax>()
        where list.Parent is not InterfaceDeclarationSyntax
        from one in list.Types
        select SimpleName(one.Type);

    private static string SimpleName(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => SimpleName(qualified.Right),
        AliasQualifiedNameSyntax alias => SimpleName(alias.Name),
        SimpleNameSyntax simple => simple.Identifier.Text,
        _ => type.ToString(),
    };
}
