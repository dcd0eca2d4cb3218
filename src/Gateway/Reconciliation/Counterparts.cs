using Ecert.Adapters.Ports;
using Ecert.Gateway.Storage;
using Ecert.Kernel.Identifiers;
using Ecert.V1;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Reconciliation;

/// <summary>
/// Everybody a day is compared with: the channels, the billers, and the provinces whose rules run here.
/// </summary>
internal sealed class Counterparts
{
    public Counterparts(IEnumerable<IChannelStatement> statements, IEnumerable<IBiller> billers, GatewayOptions options,
        IDbContextFactory<GatewayDb> databases, JournalStore journal) => All =
    [
        .. statements.Select(statement => new ChannelCounterpart(statement, databases, journal)),
        .. billers.Select(biller => new BillerCounterpart(biller, databases, journal)),
        .. options.Provinces.Select(code => new InsurerCounterpart(DivisionCode.Parse(code), databases, journal)),
    ];

    /// <summary>All of them.</summary>
    public IReadOnlyList<ICounterpart> All { get; }

    /// <summary>One of them, or null.</summary>
    public ICounterpart? Find(CounterpartKind kind, string code) =>
        All.SingleOrDefault(one => one.Kind == kind && one.Code == code);
}
