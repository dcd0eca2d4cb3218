using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Ecert.Fixtures;
using Ecert.Kernel;
using Ecert.Kernel.Identifiers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ecert.Identity.Tests.Support;

/// <summary>A running identity server on a free loopback port, with two payment apps and one hospital.</summary>
public sealed class TestIdentity : IAsyncLifetime
{
    internal const string Hospital = "H13010000001";
    internal const string Audience = "https://gateway.test";

    private readonly string _folder = Directory.CreateTempSubdirectory("ecert-identity").FullName;
    private readonly WebApplication _app;
    private readonly CapturedLog _log = new();
    private readonly ConcurrentBag<string> _numbers = [];
    private int _citizens;

    public TestIdentity() : this(new ManualTimeProvider()) { }

    internal TestIdentity(TimeProvider time)
    {
        Time = time;
        WeChat = new PaymentApp(this, "wechat", nonce: false);
        Alipay = new PaymentApp(this, "alipay", nonce: true);
        Options = new IdentityOptions
        {
            ServerCertificate = Keys.Server,
            TlsAuthorities = [Keys.TlsAuthority],
            TlsRevocationLists = [Keys.RevocationList()],
            TokenSigningKeys = [TestKeys.NewEncryptedKey(), TestKeys.NewEncryptedKey()],
            GatewayAudience = Audience,
            Clients = [WeChat.Options, Alipay.Options],
            Institutions = [new InstitutionOptions(new InstitutionId(Hospital), ["certificates.decode", "settle"])],
            Provinces =
            [
                new ProvinceIssuerOptions(
                    DivisionCode.Parse("130000"), TestKeys.Stored(Keys.Signer),
                    [Keys.Signer.RawData, Keys.Province.RawData, Keys.Root.RawData]),
            ],
            TrustList = new TrustListOptions(TestKeys.Stored(Keys.ListSigner), Keys.ListSigner.RawData),
            DataKeys = new DataKeyOptions(
                [new DataKey(7, RandomNumberGenerator.GetBytes(32))], RandomNumberGenerator.GetBytes(32)),
            ConnectionString = ConnectionString,
            RealNameAuthority = Authority,
            InsuredPersonBase = PersonBase,
        };
        _app = IdentityHost.Create(Options, Time, RandomSource.System);
    }

    internal TestKeys Keys { get; } = new();
    internal TimeProvider Time { get; }
    internal ManualTimeProvider Clock => (ManualTimeProvider)Time;
    internal StandInAuthority Authority { get; } = new();
    internal StandInPersonBase PersonBase { get; } = new();
    internal IdentityOptions Options { get; }
    internal PaymentApp WeChat { get; }
    internal PaymentApp Alipay { get; }
    internal string Folder => _folder;
    internal string DatabaseFile => Path.Combine(_folder, "identity.db");
    internal string ConnectionString => $"Data Source={DatabaseFile}";
    internal string Issuer { get; private set; } = "";
    internal IServiceProvider Services => _app.Services;

    public async Task InitializeAsync()
    {
        _app.Services.GetRequiredService<ILoggerFactory>().AddProvider(_log);
        await _app.StartAsync();
        Issuer = _app.Urls.Single(url => url.StartsWith("https://", StringComparison.Ordinal));
    }

    public async Task DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>No unforeseen failure in the log, and nobody's data.</summary>
    internal void AssertLogIsClean(params string[] secrets)
    {
        Assert.Contains(_log.Lines, line => line.Level >= LogLevel.Information);
        Assert.DoesNotContain(_log.Lines, line => line.Level >= LogLevel.Error);
        foreach (var secret in _numbers.Concat(secrets))
            Assert.DoesNotContain(_log.Lines, line => line.Text.Contains(secret, StringComparison.Ordinal));
    }

    /// <summary>A client that trusts the test TLS authority alone and follows no redirect.</summary>
    internal HttpClient Client(X509Certificate2? certificate = null)
    {
        var trust = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        trust.CustomTrustStore.Add(Keys.TlsAuthority);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trust },
        };
        if (certificate is not null)
            handler.SslOptions.ClientCertificates = [certificate];
        return new HttpClient(handler) { BaseAddress = new Uri(Issuer) };
    }

    /// <summary>A citizen whom the authority and the base know, insured in Hebei and elsewhere.</summary>
    internal Citizen NewCitizen()
    {
        var citizen = new Citizen("张三丰", NewNumber());
        Authority.Know(citizen);
        PersonBase.Know(
            citizen, StandInPersonBase.Enrolled("130100"), StandInPersonBase.Enrolled("130200", "390"),
            StandInPersonBase.Enrolled("440100"), StandInPersonBase.Enrolled("130300", isActive: false));
        return citizen;
    }

    internal string NewNumber()
    {
        var digits = $"11010519491231{Interlocked.Increment(ref _citizens):000}";
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        var number = digits + "10X98765432"[digits.Select((digit, at) => (digit - '0') * weights[at]).Sum() % 11];
        _numbers.Add(number);
        return number;
    }

    internal static async Task<JsonElement> JsonAsync(HttpResponseMessage response) =>
        (await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync())).RootElement.Clone();

    internal static async Task AssertErrorAsync(HttpResponseMessage response, HttpStatusCode status, string error)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(status == response.StatusCode, $"{response.StatusCode}: {body}");
        Assert.Equal(error, JsonDocument.Parse(body).RootElement.GetProperty("error").GetString());
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
    }
}
