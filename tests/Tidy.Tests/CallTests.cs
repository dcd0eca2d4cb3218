using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Ecert.Tidy.Tests;

public sealed partial class CallTests
{
    private const string Time = "time comes from an injected TimeProvider, so that a day can be replayed";
    private const string Chance = "randomness and ids come from RandomSource, so that a run can be replayed";
    private const string Waiting = "a blocked thread is a stalled nation at noon: await instead";

    /// <summary>What is banned, and why.</summary>
    private static readonly Dictionary<string, string> Banned = new()
    {
        ["DateTime.Now"] = Time, ["DateTime.UtcNow"] = Time, ["DateTime.Today"] = Time,
        ["DateTimeOffset.Now"] = Time, ["DateTimeOffset.UtcNow"] = Time,
        ["Environment.TickCount"] = Time, ["Environment.TickCount64"] = Time,
        ["Guid.NewGuid"] = Chance, ["Guid.CreateVersion7"] = Chance, ["Random.Shared"] = Chance,
        ["RandomNumberGenerator.Fill"] = Chance, ["RandomNumberGenerator.GetBytes"] = Chance,
        ["RandomNumberGenerator.GetInt32"] = Chance, ["RandomNumberGenerator.Create"] = Chance,
        ["Thread.Sleep"] = Waiting,
    };

    /// <summary>Places that may do what is banned elsewhere, each with its reason.</summary>
    private static readonly Dictionary<string, string> Excused = new()
    {
        ["src/Kernel/RandomSource.cs"] = "is where the operating system's randomness enters",
        ["src/Grpc/Client/HttpCallInvoker.cs"] = "answers the blocking call that the official client's API has",
    };

    [Fact]
    public void Banned_calls_are_not_made() => Rule.Holds(
        "No call reaches for the clock, for chance or for a blocked thread by itself",
        "a run must be replayable and never stall",
        Repository.ProductCSharp.SelectMany(CheckCalls).Except(Excused));

    [Fact]
    public void No_failure_is_swallowed() => Rule.Holds(
        "No catch is empty, no method is async void, nothing is left not implemented",
        "a failure that nobody hears of is found by a patient",
        Repository.ProductCSharp.SelectMany(CheckFailures));

    [Fact]
    public void Logs_are_source_generated() => Rule.Holds(
        "Logs are written by [LoggerMessage] methods",
        "every sentence of the log can then be read in one place, for personal data",
        Repository.ProductCSharp.SelectMany(CheckLogs));

    [Theory]
    [InlineData("var x = DateTime.Now;")]
    [InlineData("var x = System.DateTimeOffset.UtcNow;")]
    [InlineData("var x = Guid.NewGuid();")]
    [InlineData("var x = Random.Shared.Next();")]
    [InlineData("var x = new Random();")]
    [InlineData("RandomNumberGenerator.Fill(span);")]
    [InlineData("Thread.Sleep(1);")]
    [InlineData("var x = RunAsync().Result;")]
    [InlineData("var x = task.Result;")]
    [InlineData("task.Wait();")]
    [InlineData("task.Wait(1000);")]
    [InlineData("task.GetAwaiter().GetResult();")]
    public void A_planted_call_is_caught(string statement) => Assert.Single(CheckCalls(InMethod(statement)));

    [Theory]
    [InlineData("var x = clock.GetUtcNow();")]
    [InlineData("// DateTime.Now would be wrong here")]
    [InlineData("var x = \"Guid.NewGuid()\";")]
    [InlineData("await gate.WaitAsync(ct);")]
    public void What_only_looks_alike_is_left_alone(string statement) => Assert.Empty(CheckCalls(InMethod(statement)));

    [Theory]
    [InlineData("try { M(); } catch { }")]
    [InlineData("try { M(); } catch (IOException) { /* nothing to do */ }")]
    [InlineData("throw new NotImplementedException();")]
    [InlineData("async void Local() { await Task.Yield(); }")]
    public void A_planted_swallowed_failure_is_caught(string statement) =>
        Assert.Single(CheckFailures(InMethod(statement)));

    [Theory]
    [InlineData("logger.LogInformation(\"Paid {Id}.\", id);")]
    [InlineData("Console.WriteLine(id);")]
    public void A_planted_log_call_is_caught(string statement) => Assert.Single(CheckLogs(InMethod(statement)));

    private static SourceFile InMethod(string statement) =>
        new("src/Gateway/A.cs", $"class A\n{{\n    void M()\n    {{\n        {statement}\n    }}\n}}\n");

    private static IEnumerable<Finding> CheckCalls(SourceFile file)
    {
        foreach (var access in file.Root.DescendantNodes().OfType<MemberAccessExpressionSyntax>())
            if (Banned.TryGetValue(LastTwo(access), out var reason))
                yield return new Finding(file.At(access), $"{LastTwo(access)}: {reason}");
            else if (Blocks(access))
                yield return new Finding(file.At(access), $".{access.Name}: {Waiting}");
        foreach (var created in file.Root.DescendantNodes().OfType<ObjectCreationExpressionSyntax>())
            if (created.Type.ToString() is "Random" or "System.Random")
                yield return new Finding(file.At(created), $"new Random: {Chance}");
    }

    private static string LastTwo(MemberAccessExpressionSyntax access)
    {
        var left = access.Expression is MemberAccessExpressionSyntax inner
            ? inner.Name.ToString()
            : access.Expression.ToString();
        return $"{left}.{access.Name}";
    }

    // Without types only the usual names of a task can be told from a result of another kind.
    private static bool Blocks(MemberAccessExpressionSyntax access) => access.Name.ToString() switch
    {
        "Result" => LooksLikeATask(access.Expression),
        "Wait" => access.Parent is InvocationExpressionSyntax,
        "GetResult" => access.Expression.ToString().EndsWith(".GetAwaiter()", StringComparison.Ordinal),
        _ => false,
    };

    private static bool LooksLikeATask(ExpressionSyntax expression) => expression switch
    {
        InvocationExpressionSyntax call => call.Expression.ToString().EndsWith("Async", StringComparison.Ordinal),
        _ => TaskName().IsMatch(expression.ToString()),
    };

    private static IEnumerable<Finding> CheckFailures(SourceFile file)
    {
        foreach (var node in file.Root.DescendantNodes())
        {
            var what = node switch
            {
                CatchClauseSyntax { Block.Statements.Count: 0 } => "an empty catch",
                MethodDeclarationSyntax method when IsAsyncVoid(method.Modifiers, method.ReturnType) => "async void",
                LocalFunctionStatementSyntax local when IsAsyncVoid(local.Modifiers, local.ReturnType) => "async void",
                IdentifierNameSyntax { Identifier.Text: "NotImplementedException" } => "not implemented",
                _ => null,
            };
            if (what is not null)
                yield return new Finding(file.At(node), what);
        }
    }

    private static bool IsAsyncVoid(SyntaxTokenList modifiers, TypeSyntax type) =>
        modifiers.Any(SyntaxKind.AsyncKeyword) && type.ToString() == "void";

    private static IEnumerable<Finding> CheckLogs(SourceFile file) =>
        from call in file.Root.DescendantNodes().OfType<InvocationExpressionSyntax>()
        where call.Expression is MemberAccessExpressionSyntax access && IsLogCall(access) && !IsCommandLine(file)
        select new Finding(file.At(call), $"writes by {call.Expression}");

    private static bool IsLogCall(MemberAccessExpressionSyntax access) =>
        LogCall().IsMatch(access.Name.ToString()) || access.Expression.ToString() == "Console";

    // Programs for people at a terminal speak to them directly.
    private static bool IsCommandLine(SourceFile file) =>
        file.IsUnder("src/Verifier") || file.IsUnder("src/Standalone")
        || file.Path.EndsWith("/Program.cs", StringComparison.Ordinal);

    [GeneratedRegex("(^|\\.|_)([tT]ask|[a-z]\\w*Task)$")]
    private static partial Regex TaskName();

    [GeneratedRegex("^Log(Trace|Debug|Information|Warning|Error|Critical)?$")]
    private static partial Regex LogCall();
}
