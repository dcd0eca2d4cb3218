using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Ecert.Adapters.Configuration;
using Ecert.Adapters.Ports;

namespace Ecert.Gateway.Configuration;

/// <summary>
/// The counterparts as an operator configures them, section <c>Counterparts</c>: addresses and keys, nothing else.
/// </summary>
internal static class CounterpartConfiguration
{
    public static GatewayPorts Read(Settings settings, TimeProvider clock)
    {
        var http = new HttpClient();
        var weChatPay = settings.Has("WeChatPay")
            ? ConfiguredAdapters.WeChatPay(settings.Section("WeChatPay"), http, clock) : null;
        var alipay = settings.Has("Alipay") ? ConfiguredAdapters.Alipay(settings.Section("Alipay"), http, clock) : null;
        return new GatewayPorts(
            [.. Given<IPaymentChannel>(weChatPay?.Payments, alipay?.Payments)],
            [.. Given<IChannelCallback>(weChatPay?.Callbacks, alipay?.Callbacks)],
            [.. Given<IChannelStatement>(weChatPay?.Statements, alipay?.Statements)],
            [.. settings.Sections("Billers")
                .Select(biller => ConfiguredAdapters.Biller(biller, http, clock)).OfType<IBiller>()],
            // A configuration with faults is never started, so that what is missing is never used.
            ConfiguredAdapters.PersonBase(settings.Section("InsuredPersonBase"), http, clock)!,
            Identity(settings.Section("Identity")));
    }

    private static IEnumerable<T> Given<T>(params T?[] ports) where T : class => ports.OfType<T>();

    /// <summary>The issuer over mTLS; its own authorities, where it is not behind the public ones.</summary>
    private static HttpClient Identity(Settings settings)
    {
        var client = settings.CertificateWithKey("ClientCertificate");
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        handler.SslOptions = new SslClientAuthenticationOptions { ClientCertificates = client is null ? [] : [client] };
        if (settings.Has("Authorities"))
        {
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck,
            };
            policy.CustomTrustStore.AddRange(settings.Certificates("Authorities"));
            handler.SslOptions.CertificateChainPolicy = policy;
        }
        return new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(15) };
    }
}
