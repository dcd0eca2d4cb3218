using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Ecert.Certificates.Tests.Suites;

/// <summary>Published npm packages, run by node from the folder beside these tests.</summary>
internal static class NodeReferee
{
    internal static string Folder { get; } = Path.Combine(Path.GetDirectoryName(Here())!, "..", "node");

    internal static async Task<JsonNode> RunAsync(string scenario, JsonObject input)
    {
        using var node = Process.Start(new ProcessStartInfo("node", ["referee.mjs", scenario])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = node.StandardOutput.ReadToEndAsync();
        var failure = node.StandardError.ReadToEndAsync();
        await node.StandardInput.WriteAsync(input.ToJsonString());
        node.StandardInput.Close();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, await failure);
        return JsonNode.Parse(await output)!;
    }

    private static string Here([CallerFilePath] string path = "") => path;
}

/// <summary>A test that needs Node and its packages: skipped with a reason where they are missing, not on CI.</summary>
public sealed class NodeFactAttribute : FactAttribute
{
    /// <summary>Looks whether the packages are there.</summary>
    public NodeFactAttribute()
    {
        var isThere = Directory.Exists(Path.Combine(NodeReferee.Folder, "node_modules", "sm-crypto"));
        if (!isThere && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = "sm-crypto is not installed, so nothing was checked with it; see tests/install-test-tools.";
    }
}
