using Ecert.Adapters.Ports;
using Ecert.Adapters.Resilience;
using Ecert.Kernel;
using Ecert.Kernel.Citizens;

namespace Ecert.Adapters.Provinces.Fsi;

/// <summary>The insured-person base behind the national institution interface: 9001, then 1101.</summary>
public sealed class FsiInsuredPersonBase : IInsuredPersonBase, IDisposable
{
    private readonly FsiSignIn _signIn;
    private readonly FsiPersonQuery _query;

    /// <summary>Sets up the adapter; nothing is called yet.</summary>
    /// <param name="http">Given by the host; its own timeout should exceed the attempt timeouts.</param>
    /// <param name="options">The institution's access and the province's profile.</param>
    /// <param name="time">The clock of message numbers and timestamps.</param>
    /// <param name="random">The source of nonces.</param>
    /// <exception cref="ArgumentException">The institution code or the range of sequence numbers is wrong.</exception>
    public FsiInsuredPersonBase(HttpClient http, FsiOptions options, TimeProvider time, RandomSource random)
    {
        var client = new FsiClient(options, new CounterpartHttp(http, options.Resilience, time), time, random);
        _signIn = new FsiSignIn(options, client, time);
        _query = new FsiPersonQuery(options, client);
    }

    /// <inheritdoc/>
    public async Task<PersonOutcome> FindAsync(string name, IdentityDocument document, CancellationToken ct)
    {
        var (signNumber, why) = await _signIn.NumberAsync(ct);
        if (signNumber is null)
            return new PersonOutcome.Unknown(why);
        var reply = await _query.AskAsync(signNumber, name, document, ct);
        var outcome = _query.Read(reply, name, document);
        if (reply is FsiReply.Refused && outcome is PersonOutcome.Unknown)
            _signIn.Forget();
        return outcome;
    }

    /// <inheritdoc/>
    public void Dispose() => _signIn.Dispose();
}
