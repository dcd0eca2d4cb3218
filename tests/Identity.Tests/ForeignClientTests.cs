using System.Buffers.Text;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Ecert.Certificates;
using Ecert.Identity.Tests.Support;

namespace Ecert.Identity.Tests;

/// <summary>
/// The npm packages openid-client (certified for FAPI 2.0) and jose, as a payment app that we did not write.
/// </summary>
public sealed class ForeignClientTests : IAsyncLifetime
{
    // A program of its own has the real time.
    private readonly TestIdentity _identity = new(TimeProvider.System);

    public Task InitializeAsync() => _identity.InitializeAsync();

    public Task DisposeAsync() => _identity.DisposeAsync();

    [NodeFact]
    public async Task A_certified_client_goes_the_whole_way_with_nonces()
    {
        var citizen = _identity.NewCitizen();
        var app = _identity.Alipay;
        using var node = await StartAsync();
        await node.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new
        {
            issuer = _identity.Issuer,
            audience = TestIdentity.Audience,
            clientId = app.Id,
            redirectUri = app.RedirectUri,
            privateJwk = PrivateJwk(app),
            name = citizen.Name,
            number = citizen.Number,
        }));
        var address = await LineAsync(node);
        var browser = new Browser(_identity);
        await browser.GoAsync(HttpMethod.Get, address);
        await browser.FinishAsync(citizen);
        await node.StandardInput.WriteLineAsync(browser.Response.Headers.Location!.AbsoluteUri);

        var got = JsonDocument.Parse(await LineAsync(node)).RootElement;
        await node.WaitForExitAsync();
        Assert.Equal("dpop", got.GetProperty("tokenType").GetString());
        Assert.Equal(got.GetProperty("accessSubject").GetString(), got.GetProperty("subject").GetString());
        Assert.True(got.GetProperty("rotated").GetBoolean());
        Assert.True(got.GetProperty("activeBefore").GetBoolean());
        Assert.False(got.GetProperty("activeAfter").GetBoolean());
        var bytes = Base64Url.DecodeFromChars(got.GetProperty("credential").GetString());
        Assert.True(SignedCertificate.TryRead(bytes, out var certificate, out var fault), fault);
        Assert.Equal(got.GetProperty("subject").GetString(), certificate.Claims.Subject.Value);
    }

    private static Dictionary<string, string> PrivateJwk(PaymentApp app)
    {
        var jwk = TestJwt.PublicJwk(app.Key);
        jwk["d"] = Base64Url.EncodeToString(app.Key.ExportParameters(includePrivateParameters: true).D);
        return jwk;
    }

    private async Task<Process> StartAsync()
    {
        var authority = Path.Combine(_identity.Folder, "authority.pem");
        await File.WriteAllTextAsync(authority, _identity.Keys.TlsAuthority.ExportCertificatePem());
        return Process.Start(new ProcessStartInfo("node", [Path.Combine(NodeFactAttribute.Folder, "client.mjs")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["NODE_EXTRA_CA_CERTS"] = authority },
        })!;
    }

    private static async Task<string> LineAsync(Process node)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await node.StandardOutput.ReadLineAsync(patience.Token)
            ?? throw new InvalidOperationException(await node.StandardError.ReadToEndAsync(patience.Token));
    }
}

/// <summary>A test that needs Node and its packages: skipped with a reason where they are missing, not on CI.</summary>
public sealed class NodeFactAttribute : FactAttribute
{
    internal static string Folder { get; } = Path.Combine(
        typeof(NodeFactAttribute).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "ProjectFolder").Value!,
        "node");

    public NodeFactAttribute()
    {
        var isThere = Directory.Exists(Path.Combine(Folder, "node_modules", "openid-client"));
        if (!isThere && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = "openid-client is not installed, so nothing was checked with it; see tests/install-test-tools.";
    }
}
