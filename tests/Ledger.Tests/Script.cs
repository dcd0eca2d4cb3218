using System.Globalization;
using System.Text.RegularExpressions;
using Ecert.Kernel;

namespace Ecert.Ledger.Tests;

/// <summary>
/// A ledger's life as a text table, checked line by line:
/// <code>
/// account citizen 2001 credit debits&lt;=credits -> created
/// transfer T1 fund hospital 30.00 pending 15m settlement/S1 linked -> created
/// post P1 T1 10.00 -> created
/// void V1 T1 -> pending_already_posted
/// tick 16m
/// balances citizen debits 0.00 + 30.00 pending credits 100.00 + 0.00 pending
/// </code>
/// </summary>
internal sealed partial class Script
{
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 1, 0, 0, TimeSpan.Zero);

    private readonly StateMachine _machine = new();
    private readonly List<(Transfer Transfer, string Expected)> _chain = [];
    private DateTimeOffset _now = Start;

    public static StateMachine Run(string text)
    {
        var script = new Script();
        foreach (var line in text.Split('\n').Select(static line => line.Trim()))
            if (line.Length > 0 && !line.StartsWith('#'))
                script.Step(line);
        Assert.Empty(script._chain);
        return script._machine;
    }

    private void Step(string line)
    {
        var parts = line.Split("->", StringSplitOptions.TrimEntries);
        var words = parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words[0])
        {
            case "account":
                var account = new Account(
                    words[1], int.Parse(words[2], CultureInfo.InvariantCulture), Enum.Parse<NormalSide>(words[3], true),
                    words.Length < 5 ? BalanceLimit.None
                    : words[4] == "debits<=credits" ? BalanceLimit.DebitsMayNotExceedCredits
                    : BalanceLimit.CreditsMayNotExceedDebits);
                Expect(line, parts, _machine.Open(account).ToString());
                break;
            case "tick":
                _now += Span(words[1]);
                _machine.Expire(_now);
                break;
            case "balances":
                Assert.Equal(line, Balances(words[1]));
                break;
            default:
                Book(words, parts[1]);
                break;
        }
    }

    private void Book(string[] words, string expected)
    {
        var transfer = Read(words);
        _chain.Add((transfer, expected));
        if (transfer.Linked)
            return;
        var outcomes = _machine.Apply([.. _chain.Select(static step => step.Transfer)], _now);
        Assert.Equal(
            _chain.Select(static step => $"{step.Transfer.Id} -> {step.Expected}"),
            _chain.Zip(outcomes, static (step, outcome) => $"{step.Transfer.Id} -> {Snake(outcome.ToString())}"));
        _chain.Clear();
    }

    private static Transfer Read(string[] words)
    {
        var linked = words[^1] == "linked";
        var record = words.FirstOrDefault(static word => word.Contains('/')) ?? "settlement/S1";
        var amount = words.Where(static word => MoneyPattern().IsMatch(word))
            .Select(static word => Money.ParseYuan(word)).FirstOrDefault();
        var transfer = words[0] switch
        {
            "transfer" when Array.IndexOf(words, "pending") is > 0 and var at =>
                Transfer.Reserve(words[1], words[2], words[3], amount, Span(words[at + 1]), 1, record),
            "transfer" => Transfer.Single(words[1], words[2], words[3], amount, 1, record),
            "post" => Transfer.Post(words[1], words[2], 1, record, amount),
            "void" => Transfer.Void(words[1], words[2], 1, record),
            var verb => throw new FormatException($"No verb {verb}."),
        };
        return transfer with { Linked = linked };
    }

    private string Balances(string id)
    {
        var sums = _machine.FindAccount(id)!.Balances;
        return $"balances {id} debits {sums.DebitsPosted} + {sums.DebitsPending} pending " +
            $"credits {sums.CreditsPosted} + {sums.CreditsPending} pending";
    }

    private static void Expect(string line, string[] parts, string outcome)
    {
        if (parts.Length > 1)
            Assert.Equal(line, $"{parts[0]} -> {Snake(outcome)}");
    }

    private static TimeSpan Span(string text)
    {
        var count = double.Parse(text[..^1], CultureInfo.InvariantCulture);
        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            'd' => TimeSpan.FromDays(count),
            _ => throw new FormatException($"No unit in {text}."),
        };
    }

    private static string Snake(string name) => WordStart().Replace(name, "_$0").ToLowerInvariant();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordStart();

    [GeneratedRegex(@"^-?\d+\.\d\d$")]
    private static partial Regex MoneyPattern();
}
