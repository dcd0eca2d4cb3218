using System.Diagnostics;
using Ecert.Kernel;

namespace Ecert.Ledger.Tests;

public sealed class CrashTests
{
    private const int Rounds = 4;

    [Fact]
    public async Task What_was_answered_survives_a_kill_and_nothing_is_half_done()
    {
        using var file = new JournalFile();
        var random = new SeededRandomSource(5);
        var answered = new List<string>();
        for (var round = 0; round < Rounds; round++)
            answered.AddRange(await RunAndKillAsync(file.Path, $"R{round}", 20 + random.Bytes(1)[0] % 100));

        await using var journal = await Journal.OpenAsync(new JournalOptions(file.Path), TimeProvider.System);
        foreach (var id in answered)
            Assert.Equal(2, (await journal.TransfersOfAsync($"settlement/{id}")).Count);
        var hospital = (await journal.FindAccountAsync("hospital"))!.Balances;
        // Each step posts 1 fen and reserves 2: whole steps alone keep this.
        Assert.Equal(hospital.CreditsPosted + hospital.CreditsPosted, hospital.CreditsPending);
        Assert.True(hospital.CreditsPosted.Fen >= answered.Count);
        Assert.Empty(await journal.AuditAsync(DateTimeOffset.UnixEpoch));
    }

    /// <summary>Lets the victim answer so many requests, kills it, and collects every answer that got out.</summary>
    private static async Task<IReadOnlyList<string>> RunAndKillAsync(string path, string round, int answers)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        using var victim = Process.Start(new ProcessStartInfo(
            dotnet, [typeof(Victim).Assembly.Location, path, round]) { RedirectStandardOutput = true })!;
        try
        {
            var lines = new List<string>();
            while (lines.Count < answers && await victim.StandardOutput.ReadLineAsync() is { } line)
                lines.Add(line);
            Assert.Equal(answers, lines.Count);
            victim.Kill();
            var rest = await victim.StandardOutput.ReadToEndAsync();
            // What follows the last line end was cut by the kill.
            lines.AddRange(rest.Split('\n')[..^1]);
            return lines;
        }
        finally
        {
            if (!victim.HasExited)
                victim.Kill();
            await victim.WaitForExitAsync();
        }
    }
}
