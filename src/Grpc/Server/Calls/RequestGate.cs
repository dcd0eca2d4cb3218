using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Turns away what is not gRPC over HTTP/2 before a call is made of it.</summary>
internal static class RequestGate
{
    /// <param name="http">The request.</param>
    /// <param name="methodPath">The path of the method the request was brought to.</param>
    public static bool Admits(HttpContext http, string methodPath)
    {
        if (!GrpcProtocol.IsGrpcContentType(http.Request.ContentType))
        {
            Refuse(http, StatusCodes.Status415UnsupportedMediaType,
                $"Content-Type '{http.Request.ContentType}' is not supported.");
            return false;
        }
        if (!HttpProtocol.IsHttp2(http.Request.Protocol) && !HttpProtocol.IsHttp3(http.Request.Protocol))
        {
            http.Response.Headers.Upgrade = "HTTP/2";
            Refuse(http, StatusCodes.Status426UpgradeRequired,
                $"Request protocol '{http.Request.Protocol}' is not supported.");
            return false;
        }
        // Routing overlooks case and a slash at the end; a gRPC path is that of its method to the letter.
        if (http.Request.Path.Value is not { } path || !path.EndsWith(methodPath, StringComparison.Ordinal))
        {
            AnswerUnimplemented(http);
            return false;
        }
        return true;
    }

    /// <summary>Answers a call of a method that is not there.</summary>
    public static void AnswerUnimplemented(HttpContext http)
    {
        var response = http.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = GrpcProtocol.ContentType;
        ResponseTrailerWriter.Write(
            response.Headers, new Status(StatusCode.Unimplemented, "Service or method is unimplemented."), null);
    }

    /// <summary>
    /// Kestrel's limits are made for forms and files: a call has a message limit instead of a body limit, and a
    /// stream may be silent for as long as its deadline lets it.
    /// </summary>
    public static void LiftBodyLimits(HttpContext http)
    {
        var size = http.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (size is { IsReadOnly: false })
            size.MaxRequestBodySize = null;
        var rate = http.Features.Get<IHttpMinRequestBodyDataRateFeature>();
        if (rate is not null)
            rate.MinDataRate = null;
    }

    private static void Refuse(HttpContext http, int httpStatus, string detail)
    {
        http.Response.StatusCode = httpStatus;
        if (!HttpProtocol.IsHttp2(http.Request.Protocol))
            return;
        http.Response.Headers[GrpcProtocol.StatusTrailer] = ResponseTrailerWriter.CodeText(StatusCode.Internal);
        http.Response.Headers[GrpcProtocol.MessageTrailer] = PercentEncoding.Encode(detail);
    }
}
