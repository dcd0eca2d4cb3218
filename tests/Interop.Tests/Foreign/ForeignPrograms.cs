using System.Diagnostics;
using System.Reflection;

namespace Ecert.Interop.Tests.Foreign;

/// <summary>Programs these tests need and did not write, found once per run.</summary>
public static class ForeignPrograms
{
    public const string Python = "python3-grpcio";
    public const string Node = "@grpc/grpc-js";

    /// <summary>Debian's interpreter first: another one in the path seldom has Debian's packages.</summary>
    private static readonly string[] Interpreters = ["/usr/bin/python3", "python3", "python"];

    private static readonly Lazy<string?> PythonPath = new(() => Interpreters.FirstOrDefault(interpreter =>
        Succeeds(interpreter, "-c", "import grpc, grpc_tools.protoc, google.protobuf")));

    private static readonly Lazy<string?> NodePath = new(() =>
        Succeeds("node", "-e", $"process.chdir('{Folder("node")}'); require(require.resolve('@grpc/grpc-js', "
            + "{ paths: ['.'] })); require(require.resolve('@grpc/proto-loader', { paths: ['.'] }))")
            ? "node"
            : null);

    /// <summary>True where a missing program is a failure, not a reason to leave tests out.</summary>
    public static bool MustBeThere => Environment.GetEnvironmentVariable("CI") == "true";

    public static string? Find(string program) => program == Python ? PythonPath.Value : NodePath.Value;

    /// <summary>The interpreter's path, or a failure that says what to install.</summary>
    public static string Require(string program) =>
        Find(program) ?? throw new InvalidOperationException(HowToInstall(program));

    public static string HowToInstall(string program) =>
        $"{program} was not found on this machine, so nothing was checked with it. "
        + "tests/install-test-tools installs it.";

    /// <summary>A folder beside this project's sources.</summary>
    public static string Folder(string name) => Path.Combine(
        typeof(ForeignPrograms).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "ProjectFolder").Value!,
        name);

    private static bool Succeeds(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.StandardOutput.ReadToEnd();
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // No such program.
        }
    }
}

/// <summary>A theory that needs a foreign program: skipped with a reason where that is missing, not on CI.</summary>
public sealed class ForeignTheoryAttribute : TheoryAttribute
{
    public ForeignTheoryAttribute(string program) => Skip = Absence.Of(program);
}

/// <inheritdoc cref="ForeignTheoryAttribute"/>
public sealed class ForeignFactAttribute : FactAttribute
{
    public ForeignFactAttribute(string program) => Skip = Absence.Of(program);
}

internal static class Absence
{
    public static string? Of(string program) =>
        ForeignPrograms.MustBeThere || ForeignPrograms.Find(program) is not null
            ? null
            : ForeignPrograms.HowToInstall(program);
}
