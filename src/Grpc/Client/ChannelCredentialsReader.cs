using Grpc.Core;

namespace Grpc.Net.Client.Internal;

/// <summary>Learns from channel credentials what they ask for, and checks that it fits the address.</summary>
internal sealed class ChannelCredentialsReader : ChannelCredentialsConfiguratorBase
{
    private readonly List<AsyncAuthInterceptor> _interceptors = [];
    private bool _secure;

    /// <summary>The functions that add call credentials.</summary>
    /// <exception cref="InvalidOperationException">
    /// The credentials contradict the address or cannot be honoured.
    /// </exception>
    public static IReadOnlyList<AsyncAuthInterceptor> Read(ChannelCredentials? credentials, Uri address)
    {
        if (credentials is null)
            return [];
        var reader = new ChannelCredentialsReader();
        credentials.InternalPopulateConfiguration(reader, reader);
        var secureAddress = address.Scheme == Uri.UriSchemeHttps;
        if (reader._secure != secureAddress)
        {
            var kind = reader._secure ? "secure" : "insecure";
            throw new InvalidOperationException(
                $"The channel's credentials are {kind}, but its address is {address}.");
        }
        return reader._interceptors;
    }

    public override void SetInsecureCredentials(object state) => _secure = false;

    public override void SetSslCredentials(
        object state,
        string? rootCertificates,
        KeyCertificatePair? keyCertificatePair,
        VerifyPeerCallback? verifyPeerCallback)
    {
        if (rootCertificates is not null || keyCertificatePair is not null || verifyPeerCallback is not null)
        {
            throw new InvalidOperationException(
                "Certificates and their checks are set on GrpcChannelOptions.HttpHandler, not in SslCredentials.");
        }
        _secure = true;
    }

    public override void SetCompositeCredentials(
        object state, ChannelCredentials channelCredentials, CallCredentials callCredentials)
    {
        channelCredentials.InternalPopulateConfiguration(this, state);
        callCredentials.InternalPopulateConfiguration(new CallCredentialsReader(), _interceptors);
    }
}

/// <summary>Learns from call credentials the functions that add them.</summary>
internal sealed class CallCredentialsReader : CallCredentialsConfiguratorBase
{
    public override void SetCompositeCredentials(object state, IReadOnlyList<CallCredentials> credentials)
    {
        foreach (var credential in credentials)
            credential.InternalPopulateConfiguration(this, state);
    }

    public override void SetAsyncAuthInterceptorCredentials(object state, AsyncAuthInterceptor interceptor) =>
        ((List<AsyncAuthInterceptor>)state).Add(interceptor);
}
