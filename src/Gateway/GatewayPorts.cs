using Ecert.Adapters.Ports;

namespace Ecert.Gateway;

/// <summary>The outside world as the gateway is given it: adapters already told where their counterparts are.</summary>
/// <param name="Channels">Payment channels.</param>
/// <param name="Callbacks">Readers of what the channels post; served below <c>/callbacks/</c> by name.</param>
/// <param name="Statements">The channels' daily bills.</param>
/// <param name="Billers">Billers, by the ids of <see cref="GatewayOptions.Billers"/>.</param>
/// <param name="InsuredPersonBase">The basic insured-person base.</param>
/// <param name="Identity">
/// A client of the authorization server and issuer: its TLS presents the gateway's own certificate.
/// </param>
public sealed record GatewayPorts(
    IReadOnlyList<IPaymentChannel> Channels, IReadOnlyList<IChannelCallback> Callbacks,
    IReadOnlyList<IChannelStatement> Statements, IReadOnlyList<IBiller> Billers, IInsuredPersonBase InsuredPersonBase,
    HttpClient Identity);
