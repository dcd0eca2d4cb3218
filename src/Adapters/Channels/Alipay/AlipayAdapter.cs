using Ecert.Adapters.Ports;
using Ecert.Adapters.Resilience;

namespace Ecert.Adapters.Channels.Alipay;

/// <summary>
/// The Alipay Open Platform (v2 gateway) for one app: its trades, notifications and bills, which share the keys that
/// Alipay signs with. Keep one per app for the life of the process.
/// </summary>
public sealed class AlipayAdapter
{
    /// <summary>Sets up the adapter; nothing is called yet.</summary>
    /// <param name="http">Given by the host; its own timeout should exceed the attempt timeouts.</param>
    /// <param name="options">The app's access.</param>
    /// <param name="time">The clock of timestamps and validity.</param>
    /// <exception cref="ArgumentException">A key in the options cannot be read.</exception>
    public AlipayAdapter(HttpClient http, AlipayOptions options, TimeProvider time)
    {
        var trust = new AlipayTrustStore(options, time);
        var client = new AlipayClient(options, new CounterpartHttp(http, options.Resilience, time), trust, time);
        Payments = new AlipayChannel(options, client, time);
        Callbacks = new AlipayCallback(options, trust);
        Statements = new AlipayStatement(client);
    }

    /// <summary>Trades and refunds.</summary>
    public IPaymentChannel Payments { get; }

    /// <summary>Notifications.</summary>
    public IChannelCallback Callbacks { get; }

    /// <summary>Bills.</summary>
    public IChannelStatement Statements { get; }
}
