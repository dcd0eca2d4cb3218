using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Tests.Fixture;
using Grpc.Tests.Protos;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.Tests.Server;

/// <summary>Where calls meet the web host: TLS, authorization, routing, other protocols.</summary>
public sealed class HostingTests
{
    [Fact]
    public async Task Client_certificate_names_the_peer_and_call_credentials_travel_over_tls()
    {
        using var certificate = SelfSigned("peer.example");
        var peer = new TaskCompletionSource<(bool Known, string Name, string Property)>();
        var definition = ServerServiceDefinition.CreateBuilder();
        definition.AddUnary((_, context) =>
        {
            var auth = context.AuthContext;
            peer.SetResult((auth.IsPeerAuthenticated, auth.PeerIdentity.First().Value, auth.PeerIdentityPropertyName!));
            return Task.FromResult(context.RequestHeaders.GetValue("authorization")!);
        });
        await using var server = await GrpcServer.StartAsync(
            app => app.MapGrpcService(definition.Build()),
            tls: https =>
            {
                https.ServerCertificate = certificate;
                https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                https.AllowAnyClientCertificate();
            });
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificates = [certificate],
                RemoteCertificateValidationCallback = (_, presented, _, _) =>
                    presented!.GetCertHashString() == certificate.GetCertHashString(),
            },
        };
        var seen = "";
        var token = CallCredentials.FromInterceptor((context, metadata) =>
        {
            seen = $"{context.ServiceUrl} {context.MethodName}";
            metadata.Add("authorization", "Bearer abc");
            return Task.CompletedTask;
        });
        var invoker = server.Invoker(options =>
        {
            options.HttpHandler = handler;
            options.Credentials = ChannelCredentials.Create(ChannelCredentials.SecureSsl, token);
        });
        Assert.Equal("Bearer abc", await invoker.AsyncUnaryCall(TestMethods.Unary(), null, default, ""));
        Assert.Equal((true, "peer.example", "x509_subject_alternative_name"), await peer.Task);
        Assert.Equal($"{server.Address}/test.Dynamic Unary", seen);
    }

    [Fact]
    public void Credentials_that_contradict_the_address_are_refused()
    {
        Assert.Throws<InvalidOperationException>(() => GrpcChannel.ForAddress(
            "http://localhost", new GrpcChannelOptions { Credentials = ChannelCredentials.SecureSsl }));
        Assert.Throws<InvalidOperationException>(() => GrpcChannel.ForAddress(
            "https://localhost", new GrpcChannelOptions { Credentials = ChannelCredentials.Insecure }));
        Assert.Throws<ArgumentException>(() => GrpcChannel.ForAddress("ftp://localhost"));
        Assert.Throws<ArgumentException>(
            () => ChannelCredentials.Create(ChannelCredentials.Insecure, CallCredentials.FromInterceptor(None)));
    }

    [Fact]
    public async Task Call_credentials_stay_off_an_open_wire_unless_allowed()
    {
        await using var server = await GrpcServer.WithMethodAsync(methods => methods.AddUnary(
            (_, context) => Task.FromResult(context.RequestHeaders.GetValue("authorization") ?? "none")));
        var options = new CallOptions(credentials: CallCredentials.FromInterceptor((_, metadata) =>
        {
            metadata.Add("authorization", "secret");
            return Task.CompletedTask;
        }));
        Assert.Equal("none", await server.Invoker().AsyncUnaryCall(TestMethods.Unary(), null, options, ""));
        var open = server.Invoker(channel => channel.UnsafeUseInsecureChannelCallCredentials = true);
        Assert.Equal("secret", await open.AsyncUnaryCall(TestMethods.Unary(), null, options, ""));
    }

    [Fact]
    public async Task Authorization_sees_the_endpoint_and_its_attributes()
    {
        await using var server = await GrpcServer.StartAsync(
            app =>
            {
                app.UseAuthorization();
                app.MapGrpcService<GuardedService>();
            },
            services => services.AddAuthorization().AddAuthentication("none").AddScheme<
                Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions, NobodyHandler>("none", null));
        var client = new Echo.EchoClient(server.Channel());
        Assert.Equal("open", (await client.UnaryAsync(new EchoRequest())).Text);
        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await client.Repeat(new EchoRequest()).ResponseStream.MoveNext());
        Assert.Equal(StatusCode.Unauthenticated, refusal.StatusCode);
    }

    [Fact]
    public async Task Endpoint_carries_the_method_and_other_paths_stay_the_applications()
    {
        GrpcMethodMetadata? seen = null;
        await using var server = await GrpcServer.StartAsync(app =>
        {
            app.Use((http, next) =>
            {
                seen = http.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>();
                return next(http);
            });
            app.MapGrpcService<EchoService>();
            app.MapPost("/plain", () => "web");
        });
        await new Echo.EchoClient(server.Channel()).UnaryAsync(new EchoRequest());
        Assert.Equal("/grpc.tests.Echo/Unary", seen!.Method.FullName);
        Assert.Equal(typeof(EchoService), seen.ServiceType);
        using var raw = new RawCall(server, "/plain");
        Assert.Equal("web", System.Text.Encoding.UTF8.GetString((await raw.SendAsync([])).Bytes));
        using var missing = new RawCall(server, "/missing") { ContentType = "text/plain" };
        Assert.Equal(HttpStatusCode.NotFound, (await missing.SendAsync([])).HttpStatus);
    }

    [Fact]
    public async Task Http_1_is_told_to_upgrade()
    {
        await using var server = await GrpcServer.StartAsync(
            app => app.MapGrpcService<EchoService>(), protocols: HttpProtocols.Http1);
        using var http = new HttpClient();
        using var content = new ByteArrayContent([0, 0, 0, 0, 0]);
        content.Headers.ContentType = new("application/grpc");
        using var response = await http.PostAsync($"{server.Address}/grpc.tests.Echo/Unary", content);
        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
    }

    [Theory]
    [InlineData(400, StatusCode.Internal)]
    [InlineData(401, StatusCode.Unauthenticated)]
    [InlineData(403, StatusCode.PermissionDenied)]
    [InlineData(404, StatusCode.Unimplemented)]
    [InlineData(429, StatusCode.Unavailable)]
    [InlineData(503, StatusCode.Unavailable)]
    [InlineData(500, StatusCode.Unknown)]
    [InlineData(200, StatusCode.Unknown)]
    public async Task Http_answers_map_to_statuses(int httpStatus, StatusCode expected)
    {
        await using var server = await GrpcServer.StartAsync(app => app.Run(http =>
        {
            http.Response.StatusCode = httpStatus;
            return http.Response.WriteAsync("a proxy's page");
        }));
        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await server.Invoker().AsyncUnaryCall(TestMethods.Unary(), null, default, ""));
        Assert.Equal(expected, refusal.StatusCode);
    }

    [Theory]
    [InlineData(0x0, StatusCode.Internal)]
    [InlineData(0x2, StatusCode.Internal)]
    [InlineData(0x7, StatusCode.Unavailable)]
    [InlineData(0x8, StatusCode.Cancelled)]
    [InlineData(0xB, StatusCode.ResourceExhausted)]
    [InlineData(0xC, StatusCode.PermissionDenied)]
    public async Task Resets_map_to_statuses(int errorCode, StatusCode expected)
    {
        await using var server = await GrpcServer.StartAsync(app => app.Run(async http =>
        {
            http.Response.ContentType = "application/grpc";
            await http.Response.Body.WriteAsync(new byte[] { 0, 0, 0, 0, 9, 1 });
            await http.Response.Body.FlushAsync();
            http.Features.Get<IHttpResetFeature>()!.Reset(errorCode);
        }));
        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await server.Invoker().AsyncUnaryCall(TestMethods.Unary(), null, default, ""));
        Assert.Equal(expected, refusal.StatusCode);
    }

    [Fact]
    public void Service_without_generated_base_is_refused_at_start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddGrpc();
        using var app = builder.Build();
        Assert.Throws<InvalidOperationException>(() => app.MapGrpcService<string>());
    }

    private static Task None(AuthInterceptorContext context, Metadata metadata) => Task.CompletedTask;

    private static X509Certificate2 SelfSigned(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = DateTimeOffset.UtcNow;
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    public sealed class GuardedService : Echo.EchoBase
    {
        public override Task<EchoReply> Unary(EchoRequest request, ServerCallContext context) =>
            Task.FromResult(new EchoReply { Text = "open" });

        [Authorize]
        public override Task Repeat(
            EchoRequest request, IServerStreamWriter<EchoReply> responseStream, ServerCallContext context) =>
            Task.CompletedTask;
    }

    private sealed class NobodyHandler(
        Microsoft.Extensions.Options.IOptionsMonitor<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions> o,
        Microsoft.Extensions.Logging.ILoggerFactory logs,
        System.Text.Encodings.Web.UrlEncoder encoder)
        : Microsoft.AspNetCore.Authentication.AuthenticationHandler<
            Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions>(o, logs, encoder)
    {
        protected override Task<Microsoft.AspNetCore.Authentication.AuthenticateResult> HandleAuthenticateAsync() =>
            Task.FromResult(Microsoft.AspNetCore.Authentication.AuthenticateResult.NoResult());
    }
}
