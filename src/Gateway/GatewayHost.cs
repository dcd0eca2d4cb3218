using System.Net;
using System.Security.Cryptography.X509Certificates;
using Ecert.Gateway.Bills;
using Ecert.Gateway.Certificates;
using Ecert.Gateway.Edge;
using Ecert.Gateway.Eligibility;
using Ecert.Gateway.Fares;
using Ecert.Gateway.NotOffered;
using Ecert.Gateway.Payments;
using Ecert.Gateway.Reconciliation;
using Ecert.Gateway.Reimbursement;
using Ecert.Gateway.Storage;
using Ecert.Kernel;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Ecert.Gateway;

/// <summary>Puts the gateway together: one gRPC door over mTLS, and a plain address where channels call back.</summary>
public static class GatewayHost
{
    /// <summary>A gateway, ready to be started.</summary>
    /// <param name="options">What it is told from outside.</param>
    /// <param name="ports">The outside world.</param>
    /// <param name="clock">The time.</param>
    /// <param name="random">Randomness and new identifiers.</param>
    /// <param name="configureLogging">Where its log goes; null for the host's defaults.</param>
    public static WebApplication Create(
        GatewayOptions options, GatewayPorts ports, TimeProvider clock, RandomSource random,
        Action<ILoggingBuilder>? configureLogging = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(GatewayHost).Assembly.GetName().Name,
        });
        (configureLogging ?? OwnSentences)(builder.Logging);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, options));
        builder.Services.AddGateway(options, ports, clock, random);
        var app = builder.Build();
        app.UseDefaultDeadline(options);
        MapServices(app);
        MapCallbacks(app, ports);
        return app;
    }

    /// <summary>Our own sentences and where the server listens; of the frameworks below only what is wrong.</summary>
    private static void OwnSentences(ILoggingBuilder logging) => logging
        .AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);

    private static void MapServices(WebApplication app)
    {
        app.MapGrpcService<CertificateService>();
        app.MapGrpcService<EligibilityService>();
        app.MapGrpcService<ReimbursementService>();
        app.MapGrpcService<AppointmentService>();
        app.MapGrpcService<PrescriptionService>();
        app.MapGrpcService<PaymentService>();
        app.MapGrpcService<FareService>();
        app.MapGrpcService<BillService>();
        app.MapGrpcService<SocialSecurityService>();
        app.MapGrpcService<GovernmentService>();
        app.MapGrpcService<ProvinceService>();
        app.MapGrpcService<ReconciliationService>();
        app.MapGrpcHealthChecksService();
        app.MapGrpcReflectionService();
    }

    private static void MapCallbacks(WebApplication app, GatewayPorts ports)
    {
        app.MapGet("/health", () => "ok");
        foreach (var callback in ports.Callbacks)
            app.MapPost($"/callbacks/{callback.Name.ToString().ToLowerInvariant()}",
                (HttpContext http, Callbacks callbacks) => callbacks.ServeAsync(http, callback));
    }

    private static void Listen(KestrelServerOptions kestrel, GatewayOptions options)
    {
        kestrel.AddServerHeader = false;
        // Room for callers that cancel much; and a header too large is answered, not the whole connection ended.
        kestrel.Limits.Http2.MaxStreamsPerConnection = 1_000;
        kestrel.Limits.Http2.MaxRequestHeaderFieldSize = kestrel.Limits.MaxRequestHeadersTotalSize;
        var grpc = new Uri(options.GrpcUrl);
        kestrel.Listen(IPAddress.Parse(grpc.Host), grpc.Port, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.UseHttps(https =>
            {
                https.ServerCertificate = options.ServerCertificate;
                // A citizen's app comes without a client certificate; what an institution may do needs one, at the
                // edge.
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.ClientCertificateValidation = (certificate, _, _) =>
                    ClientCertificates.ChainTo(certificate, options.ClientAuthorities);
            });
        });
        var callbacks = new Uri(options.CallbackUrl);
        kestrel.Listen(
            IPAddress.Parse(callbacks.Host), callbacks.Port, listen => listen.Protocols = HttpProtocols.Http1);
    }
}
