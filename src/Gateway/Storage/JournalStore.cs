using Ecert.Ledger;

namespace Ecert.Gateway.Storage;

/// <summary>Holds the ledger's journal open from start to stop.</summary>
internal sealed class JournalStore(GatewayOptions options, TimeProvider clock) : IAsyncDisposable
{
    private Journal? _journal;

    /// <summary>The open journal.</summary>
    /// <exception cref="InvalidOperationException">The stores are not started yet.</exception>
    public Journal Journal =>
        _journal ?? throw new InvalidOperationException("The ledger is used before the stores are started.");

    public async Task OpenAsync(CancellationToken ct) =>
        _journal = await Journal.OpenAsync(new JournalOptions(options.LedgerPath), clock, ct);

    public async ValueTask DisposeAsync()
    {
        if (_journal is not null)
            await _journal.DisposeAsync();
    }
}
