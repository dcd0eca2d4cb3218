using System.Diagnostics;
using Ecert.Kernel;
using Spectre.Console;

namespace Ecert.Standalone.Journey;

/// <summary>Prints the journey step by step, with the time each took and the money it moved.</summary>
internal sealed class JourneyLog(IAnsiConsole console)
{
    private int _step;

    /// <summary>Runs one step and prints how it ended.</summary>
    /// <param name="title">What happens, as the person it happens to would say it.</param>
    /// <param name="step">The step; its answer says what came of it.</param>
    public async Task<T> StepAsync<T>(string title, Func<Task<(T Result, string Outcome, Money? Amount)>> step)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            var (result, outcome, amount) = await step();
            Print(title, watch.ElapsedMilliseconds, outcome, amount, "green", "✓");
            return result;
        }
        catch (Exception exception)
        {
            Print(title, watch.ElapsedMilliseconds, exception.Message, null, "red", "✗");
            throw;
        }
    }

    /// <summary>Runs one step that only has an outcome.</summary>
    public Task StepAsync(string title, Func<Task<(string Outcome, Money? Amount)>> step) =>
        StepAsync<object?>(title, async () =>
        {
            var (outcome, amount) = await step();
            return (null, outcome, amount);
        });

    /// <summary>A line below a step.</summary>
    public void Detail(string text) => console.MarkupLineInterpolated($"[grey]        {text}[/]");

    /// <summary>A line of its own.</summary>
    public void Say(string text) => console.MarkupLineInterpolated($"{text}");

    /// <summary>A table.</summary>
    public void Show(Table table) => console.Write(table);

    private void Print(string title, long milliseconds, string outcome, Money? amount, string colour, string mark)
    {
        var money = amount is { } sum ? $"{sum} yuan" : "";
        console.MarkupLine($"[{colour}]{mark}[/] {++_step,2}. {Markup.Escape(title)} "
            + $"[grey]{milliseconds,6} ms[/]  [yellow]{Markup.Escape(money)}[/]");
        Detail(outcome);
    }
}
