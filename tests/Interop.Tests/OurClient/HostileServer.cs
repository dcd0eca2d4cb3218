using System.Net;
using Ecert.Interop.Tests.RawHttp2;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Ecert.Interop.Tests.OurClient;

/// <summary>One way to answer a call wrongly.</summary>
/// <param name="HttpStatus">The HTTP status.</param>
/// <param name="ContentType">The content type, or null for none.</param>
/// <param name="Body">The DATA of the answer.</param>
/// <param name="GrpcStatus">The trailer grpc-status, or null for no trailers at all.</param>
public sealed record HostileAnswer(
    int HttpStatus = 200, string? ContentType = "application/grpc", byte[]? Body = null, string? GrpcStatus = "0")
{
    public string? GrpcMessage { get; init; }

    public string? Encoding { get; init; }

    /// <summary>The HTTP/2 error code the stream is reset with after the body, instead of trailers.</summary>
    public int? Reset { get; init; }
}

/// <summary>Answers every call as the test says, with nothing of our server behind it.</summary>
public sealed class HostileServer : IAsyncLifetime
{
    private WebApplication? _app;

    /// <summary>What the next calls are answered with.</summary>
    public HostileAnswer Answer { get; set; } = new();

    public string Address => _app!.Urls.Single();

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        _app = builder.Build();
        _app.Run(http => AnswerAsync(http, Answer));
        await _app.StartAsync();
    }

    public async Task DisposeAsync() => await _app!.DisposeAsync();

    private static async Task AnswerAsync(HttpContext http, HostileAnswer answer)
    {
        await http.Request.Body.CopyToAsync(Stream.Null);
        http.Response.StatusCode = answer.HttpStatus;
        http.Response.ContentType = answer.ContentType;
        if (answer.Encoding is not null)
            http.Response.Headers["grpc-encoding"] = answer.Encoding;
        if (answer.Body is not null)
            await http.Response.BodyWriter.WriteAsync(answer.Body);
        if (answer.Reset is { } code)
            http.Features.GetRequiredFeature<IHttpResetFeature>().Reset(code);
        else if (answer.GrpcStatus is not null)
            AppendStatus(http.Response, answer);
    }

    private static void AppendStatus(HttpResponse response, HostileAnswer answer)
    {
        response.AppendTrailer("grpc-status", answer.GrpcStatus);
        if (answer.GrpcMessage is not null)
            response.AppendTrailer("grpc-message", answer.GrpcMessage);
    }

    /// <summary>A proper answer of UnaryCall, framed.</summary>
    public static byte[] ProperBody { get; } = GrpcFrame.Of([]);
}
