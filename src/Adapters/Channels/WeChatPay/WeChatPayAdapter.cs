using Ecert.Adapters.Ports;
using Ecert.Adapters.Resilience;
using Ecert.Kernel;

namespace Ecert.Adapters.Channels.WeChatPay;

/// <summary>
/// WeChat Pay, API v3, for one merchant: its payments, notifications and bills, which share the keys that WeChat Pay
/// signs with. Keep one per merchant for the life of the process.
/// </summary>
public sealed class WeChatPayAdapter : IDisposable
{
    private readonly WeChatPayCertificates _certificates;

    /// <summary>Sets up the adapter; nothing is called yet.</summary>
    /// <param name="http">Given by the host; its own timeout should exceed the attempt timeouts.</param>
    /// <param name="options">The merchant's access.</param>
    /// <param name="time">The clock of timestamps and validity.</param>
    /// <param name="random">The source of nonces.</param>
    /// <exception cref="ArgumentException">A key in the options cannot be read.</exception>
    public WeChatPayAdapter(HttpClient http, WeChatPayOptions options, TimeProvider time, RandomSource random)
    {
        var calls = new CounterpartHttp(http, options.Resilience, time);
        var signer = new WeChatPaySigner(options, time, random);
        var seal = new WeChatPaySeal(options.ApiV3Key);
        var keys = new WeChatPayKeys(options.PlatformKeys);
        _certificates = new WeChatPayCertificates(options, calls, signer, seal, keys, time);
        var client = new WeChatPayClient(options, calls, signer, keys, _certificates, time);
        Payments = new WeChatPayChannel(options, client, signer);
        Callbacks = new WeChatPayCallback(options, keys, _certificates, seal, time);
        Statements = new WeChatPayStatement(client);
    }

    /// <summary>Orders and refunds.</summary>
    public IPaymentChannel Payments { get; }

    /// <summary>Notifications.</summary>
    public IChannelCallback Callbacks { get; }

    /// <summary>Bills.</summary>
    public IChannelStatement Statements { get; }

    /// <summary>
    /// Downloads platform certificates if they are due. Calls do so by themselves; a host calls it at start, so that
    /// the first notification finds a key.
    /// </summary>
    public Task RefreshKeysAsync(CancellationToken ct) => _certificates.RefreshIfDueAsync(ct);

    /// <inheritdoc/>
    public void Dispose() => _certificates.Dispose();
}
