using System.Net;
using System.Text.Json;
using Ecert.Identity.Activation;
using Ecert.Identity.Activation.Pages;
using Ecert.Identity.Authorization.Authorize;
using Ecert.Identity.Authorization.Clients;
using Ecert.Identity.Authorization.Discovery;
using Ecert.Identity.Authorization.Dpop;
using Ecert.Identity.Authorization.Introspect;
using Ecert.Identity.Authorization.Par;
using Ecert.Identity.Authorization.Revoke;
using Ecert.Identity.Authorization.Token;
using Ecert.Identity.Issuance;
using Ecert.Identity.Signer;
using Ecert.Identity.Storage;
using Ecert.Identity.Subjects;
using Ecert.Identity.Trust;
using Ecert.Kernel;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Ecert.Identity;

/// <summary>
/// The identity server as a host that another program can start: authorization, activation, issuance.
/// </summary>
public static class IdentityHost
{
    private const long LargestBody = 64 * 1024;

    /// <summary>Builds the server. It migrates its database when it starts.</summary>
    /// <param name="options">Everything it is told.</param>
    /// <param name="clock">The time.</param>
    /// <param name="random">Randomness and new identifiers.</param>
    /// <param name="logging">Where its log goes; null for the console.</param>
    /// <exception cref="ArgumentException">The options contradict themselves or fall below the profile.</exception>
    public static WebApplication Create(
        IdentityOptions options, TimeProvider clock, RandomSource random, Action<ILoggingBuilder>? logging = null)
    {
        // Named after this assembly, also when another program hosts it.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(IdentityHost).Assembly.GetName().Name,
        });
        (logging ?? ConsoleLog)(builder.Logging);
        builder.Services.AddSingleton(options).AddSingleton(clock).AddSingleton(random);
        AddStorage(builder.Services, options);
        AddAuthorization(builder.Services);
        AddActivationAndIssuance(builder.Services);
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, options));
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        Require(app);
        Pipeline(app, options);
        return app;
    }

    private static void ConsoleLog(ILoggingBuilder logging)
    {
        logging.AddSimpleConsole();
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
    }

    private static void AddStorage(IServiceCollection services, IdentityOptions options)
    {
        services.AddPooledDbContextFactory<IdentityDatabase>(database => database
            .UseSqlite(options.ConnectionString)
            // Migrations are written by hand and carry no snapshot; a test compares what they make with the model.
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning)));
        services.AddSingleton<DataVault>().AddSingleton<ReplayGuard>();
        services.AddHostedService<DatabaseStart>().AddHostedService<ExpirySweep>();
    }

    private static void AddAuthorization(IServiceCollection services) => services
        .AddSingleton<IssuerIdentity>().AddSingleton<ClientCertificates>()
        .AddSingleton<ClientRegistry>().AddSingleton<ClientAuthentication>()
        .AddSingleton<DpopNonces>().AddSingleton<DpopProofs>()
        .AddSingleton<TokenSigner>().AddSingleton<AccessTokens>().AddSingleton<Grants>().AddSingleton<PresentedToken>()
        .AddSingleton<UserStatements>().AddSingleton<PushedRequests>()
        .AddSingleton<AuthorizationCodeGrant>().AddSingleton<RefreshTokenGrant>().AddSingleton<ClientCredentialsGrant>()
        .AddSingleton<DiscoveryEndpoints>().AddSingleton<ParEndpoint>().AddSingleton<AuthorizeEndpoint>()
        .AddSingleton<TokenEndpoint>().AddSingleton<IntrospectEndpoint>().AddSingleton<RevokeEndpoint>();

    private static void AddActivationAndIssuance(IServiceCollection services) => services
        .AddSingleton<Activations>().AddSingleton<Pins>().AddSingleton<ConfirmIdentity>().AddSingleton<ChoosePlace>()
        .AddSingleton<SetPin>().AddSingleton<GiveConsent>().AddSingleton<ActivationEndpoints>()
        .AddSingleton<DocumentSigners>().AddSingleton<SignedLists>().AddSingleton<TrustEndpoints>()
        .AddSingleton<CredentialNonces>().AddSingleton<CertificateIssuance>().AddSingleton<CredentialMetadata>()
        .AddSingleton<CredentialEndpoint>().AddSingleton<SubjectEndpoints>()
        .AddSingleton<PinCheck>().AddSingleton<CertificateStates>().AddSingleton<CertificateFacts>()
        .AddSingleton<StatusChanges>().AddSingleton<OneTimeCodes>().AddSingleton<CodeRedemption>()
        .AddSingleton<Endpoints>();

    private static void Listen(
        Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions kestrel, IdentityOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestBody;
        var certificates = kestrel.ApplicationServices.GetRequiredService<ClientCertificates>();
        kestrel.Listen(options.HttpsEndpoint, listen => listen.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = options.ServerCertificate,
            ClientCertificateMode = ClientCertificateMode.AllowCertificate,
            ClientCertificateValidation = (certificate, _, _) => certificates.IsAccepted(certificate),
        }));
        if (options.BrowserEndpoint is not { } browser)
            return;
        if (!IPAddress.IsLoopback(browser.Address))
            throw new ArgumentException("Plain http is for a loopback address in development only.");
        kestrel.Listen(browser);
    }

    // Built now, so that a wrong key or client stops the start and not the first call.
    private static void Require(WebApplication app)
    {
        app.Services.GetRequiredService<ClientCertificates>();
        app.Services.GetRequiredService<ClientRegistry>();
        app.Services.GetRequiredService<TokenSigner>();
        app.Services.GetRequiredService<DocumentSigners>();
    }

    private static void Pipeline(WebApplication app, IdentityOptions options)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = FailAsync });
        app.Use((context, next) =>
        {
            if (context.Request.IsHttps)
                context.Response.Headers.StrictTransportSecurity = "max-age=31536000";
            return context.Request.IsHttps || IsForBrowsers(context.Request.Path)
                ? next(context)
                : RefusePlain(context);
        });
        app.UseRouting();
        app.Services.GetRequiredService<Endpoints>().Map(app);
        app.Lifetime.ApplicationStarted.Register(() => app.Services.GetRequiredService<ILoggerFactory>()
            .CreateLogger("Ecert.Identity").Listening(app.Services.GetRequiredService<IssuerIdentity>().Value));
    }

    // The plain address serves people's pages; protocols stay on TLS.
    private static bool IsForBrowsers(PathString path) => path.StartsWithSegments(AuthorizeEndpoint.Path)
        || path.StartsWithSegments(ActivationEndpoints.Path) || path.StartsWithSegments("/assets");

    private static Task RefusePlain(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    // The one place where what nobody foresaw becomes an answer: nothing of the inside leaves.
    private static Task FailAsync(HttpContext context)
    {
        var failure = context.Features.Get<IExceptionHandlerPathFeature>();
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Ecert.Identity")
            .RequestFailed(failure?.Path ?? "", failure?.Error);
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        if (!IsForBrowsers(failure?.Path ?? ""))
            return context.Response.WriteAsync(
                JsonSerializer.Serialize(new Dictionary<string, string> { ["error"] = "server_error" }));
        var words = Words.For(context.Request);
        return PageFrame.ToResult(
            words, ActivationPages.Stop(words, words.Failed), StatusCodes.Status500InternalServerError)
            .ExecuteAsync(context);
    }
}
