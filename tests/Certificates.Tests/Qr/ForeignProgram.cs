using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Ecert.Certificates.Tests.Qr;

/// <summary>qrencode, which draws QR codes, and zbarimg, which reads them: neither is ours.</summary>
internal static class ForeignProgram
{
    private static readonly Lazy<string?> Missing = new(() =>
        new[] { "qrencode", "zbarimg" }.FirstOrDefault(program => !IsThere(program)));

    /// <summary>Why a test is left out; null where it runs. On CI a missing program is a failure.</summary>
    public static string? Absence =>
        Missing.Value is { } program && Environment.GetEnvironmentVariable("CI") != "true"
            ? $"{program} is not installed, so nothing was checked with it; tests/install-test-tools installs it."
            : null;

    /// <summary>qrencode's picture of a text.</summary>
    public static byte[] QrEncode(string text, params string[] options) =>
        Run("qrencode", [.. options, "-o", "-"], Encoding.UTF8.GetBytes(text));

    /// <summary>What zbarimg reads in a picture.</summary>
    public static string ZBar(byte[] png)
    {
        using var folder = new Fixtures.TemporaryFolder();
        File.WriteAllBytes(folder.File("code.png"), png);
        return Encoding.UTF8.GetString(Run("zbarimg", ["--quiet", "--raw", folder.File("code.png")], [])).TrimEnd('\n');
    }

    private static byte[] Run(string program, string[] arguments, byte[] input)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return output.ToArray();
    }

    private static bool IsThere(string program)
    {
        try
        {
            return Run(program, ["--version"], []).Length >= 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}

/// <summary>A theory that needs both programs: skipped with a reason where one is missing, not on CI.</summary>
public sealed class ForeignQrTheoryAttribute : TheoryAttribute
{
    public ForeignQrTheoryAttribute() => Skip = ForeignProgram.Absence;
}

/// <inheritdoc cref="ForeignQrTheoryAttribute"/>
public sealed class ForeignQrFactAttribute : FactAttribute
{
    public ForeignQrFactAttribute() => Skip = ForeignProgram.Absence;
}
