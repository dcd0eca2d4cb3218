namespace Ecert.Identity;

/// <summary>Lets a call through when the TLS session is with the gateway; to everyone else it is forbidden.</summary>
internal sealed class ForGatewayOnly(IdentityOptions options) : IEndpointFilter
{
    /// <inheritdoc/>
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var certificate = context.HttpContext.Connection.ClientCertificate;
        return certificate is not null && TlsParty.SubjectUris(certificate).Contains(options.GatewaySubjectUri)
            ? next(context)
            : ValueTask.FromResult<object?>(TypedResults.StatusCode(StatusCodes.Status403Forbidden));
    }
}
