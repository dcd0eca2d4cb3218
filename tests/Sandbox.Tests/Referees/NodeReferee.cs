using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Ecert.Sandbox.Tests.Support;
using Xunit.Abstractions;

namespace Ecert.Sandbox.Tests.Referees;

/// <summary>Published npm clients, run by node from the folder beside these tests.</summary>
internal static class NodeReferee
{
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(Here())!, "..", "node");

    /// <summary>Whether the clients are installed; says so in the output when they are not.</summary>
    public static bool IsThere(ITestOutputHelper output)
    {
        var isThere = Directory.Exists(Path.Combine(Folder, "node_modules", "alipay-sdk"));
        if (!isThere)
            output.WriteLine("Not run: the npm clients are not installed. tests/install-test-tools installs them.");
        return isThere;
    }

    /// <summary>Runs a scenario against a Sandbox.</summary>
    public static async Task<JsonObject> RunAsync(RunningSandbox sandbox, string scenario, JsonObject? more = null)
    {
        var settings = Settings(sandbox);
        foreach (var (name, value) in more ?? [])
            settings[name] = value?.DeepClone();
        var start = new ProcessStartInfo("node", ["referee.mjs", scenario])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The Alipay client writes its timestamps in the zone of its process.
        start.Environment["TZ"] = "Asia/Shanghai";
        using var node = Process.Start(start)!;
        await node.StandardInput.WriteAsync(settings.ToJsonString());
        node.StandardInput.Close();
        var failure = node.StandardError.ReadToEndAsync();
        var found = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, await failure);
        return JsonNode.Parse(found)!.AsObject();
    }

    private static JsonObject Settings(RunningSandbox sandbox)
    {
        var (weChat, alipay) = (RunningSandbox.Parties.WeChatPay, RunningSandbox.Parties.Alipay);
        return new JsonObject
        {
            ["url"] = sandbox.Base,
            ["notifyUrl"] = sandbox.Receiver.Url,
            ["merchantId"] = weChat.MerchantId,
            ["appId"] = weChat.AppId,
            ["apiV3Key"] = weChat.ApiV3Key,
            ["merchantSerial"] = weChat.MerchantSerial,
            ["merchantPrivateKey"] = weChat.Merchant.PrivateKeyPem,
            ["merchantCertificate"] = weChat.Merchant.CertificatePem,
            ["platformSerial"] = weChat.PlatformSerial,
            ["platformCertificate"] = weChat.Platform.CertificatePem,
            ["platformPublicKey"] = weChat.Platform.PublicKeyPem,
            ["publicKeyId"] = weChat.PublicKeyId,
            ["alipayAppId"] = alipay.AppId,
            ["alipayPrivateKey"] = alipay.App.PrivateKeyPem,
            ["alipayAppCertificate"] = alipay.App.CertificatePem,
            ["alipayCertificate"] = alipay.Platform.CertificatePem,
            ["alipayRootCertificate"] = alipay.RootCertificatePem,
        };
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
