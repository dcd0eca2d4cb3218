using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ecert.Interop.Tests.Server;

/// <summary>The test services on Kestrel: one port in the clear (HTTP/2 with prior knowledge), one over TLS.</summary>
internal sealed class InteropServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly X509Certificate2 _certificate;

    private InteropServer(WebApplication app, X509Certificate2 certificate, string certificateFile)
    {
        _app = app;
        _certificate = certificate;
        CertificateFile = certificateFile;
        var uris = app.Urls.Select(address => new Uri(address)).ToArray();
        PlainPort = uris.Single(uri => uri.Scheme == "http").Port;
        TlsPort = uris.Single(uri => uri.Scheme == "https").Port;
    }

    public int PlainPort { get; }

    public int TlsPort { get; }

    /// <summary>PEM file with the certificate that signs itself for localhost.</summary>
    public string CertificateFile { get; }

    public HandlerCount Handlers => _app.Services.GetRequiredService<HandlerCount>();

    public static async Task<InteropServer> StartAsync(Action<GrpcServiceOptions> configure)
    {
        var certificate = LoopbackCertificate.Make();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.Http2.MaxStreamsPerConnection = 2000;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                listen.UseHttps(certificate);
            });
        });
        builder.Services.AddSingleton<HandlerCount>();
        builder.Services.AddGrpc(configure);
        var app = builder.Build();
        app.MapGrpcService<InteropTestService>();
        app.MapGrpcService<ProbeTestService>();
        await app.StartAsync();

        var file = Path.Combine(Path.GetTempPath(), $"ecert-interop-{certificate.SerialNumber}.pem");
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem());
        return new InteropServer(app, certificate, file);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
        File.Delete(CertificateFile);
    }
}

/// <summary>A certificate for localhost that signs itself, good for the length of a test run.</summary>
internal static class LoopbackCertificate
{
    public static X509Certificate2 Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
