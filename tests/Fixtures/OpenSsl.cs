using System.Diagnostics;
using System.Text;

namespace Ecert.Fixtures;

/// <summary>The openssl command line: what we did not write and check ourselves against.</summary>
public static class OpenSsl
{
    /// <summary>Runs a command and gives what it printed; fails with its words when it ends other than asked.</summary>
    public static string Run(int exitCode, params string[] arguments)
    {
        var (code, output) = Try(arguments);
        return code == exitCode
            ? output
            : throw new InvalidOperationException($"openssl {string.Join(' ', arguments)} ended with {code}: {output}");
    }

    /// <summary>Runs a command; the exit code and what it printed on both streams.</summary>
    public static (int ExitCode, string Output) Try(params string[] arguments)
    {
        var start = new ProcessStartInfo("openssl", arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = new Process { StartInfo = start };
        var printed = new StringBuilder();
        DataReceivedEventHandler keep = (_, line) =>
        {
            lock (printed)
                printed.AppendLine(line.Data);
        };
        process.OutputDataReceived += keep;
        process.ErrorDataReceived += keep;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return (process.ExitCode, printed.ToString());
    }
}
