using System.Diagnostics;
using System.Reflection;

namespace Ecert.Bench.Grpc;

/// <summary>How each server of the comparison is started.</summary>
internal static class Servers
{
    /// <summary>Debian's interpreter first: another one in the path seldom has Debian's packages.</summary>
    private static readonly string[] Interpreters = ["/usr/bin/python3", "python3"];

    private static string NodePackages => Path.Combine(
        typeof(Servers).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "RepositoryFolder").Value!,
        "tests/Interop.Tests/node/node_modules");

    /// <summary>This program itself, whichever way it was started.</summary>
    private static string OwnProgram =>
        Path.Combine(AppContext.BaseDirectory, typeof(Servers).Assembly.GetName().Name!);

    public static Task<ChildServer> StartOursAsync() => ChildServer.StartAsync("ours", OwnProgram, ["--serve", "ours"]);

    public static Task<ChildServer> StartBareAsync() => ChildServer.StartAsync("bare", OwnProgram, ["--serve", "bare"]);

    public static async Task<ChildServer?> StartPythonAsync()
    {
        var python = Interpreters.FirstOrDefault(interpreter => Tools.Succeeds(interpreter, "-c", "import grpc"));
        return python is null ? null : await ChildServer.StartAsync("python3-grpcio", python, [Script("echo.py")]);
    }

    public static async Task<ChildServer?> StartNodeAsync()
    {
        if (!Directory.Exists(Path.Combine(NodePackages, "@grpc/grpc-js")) || !Tools.Succeeds("node", "--version"))
            return null;
        return await ChildServer.StartAsync(
            "@grpc/grpc-js", "node", [Script("echo.js")],
            start => start.Environment["NODE_PATH"] = NodePackages);
    }

    private static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Foreign", name);
}

internal static class Tools
{
    /// <summary>Those of these programs that do not start.</summary>
    public static string[] Missing(params string[] programs) =>
        [.. programs.Where(program => !Succeeds(program, "--version"))];

    public static bool Succeeds(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // No such program.
        }
    }
}
