using System.Text.Json.Serialization;
using Ecert.Adapters.Resilience;

namespace Ecert.Adapters.Provinces.Fsi;

/// <summary>
/// 9001, sign-in. The number it gives goes with every other message; one is kept for a business day in Beijing, and
/// thrown away when the core refuses a message, in case it was the number it refused.
/// </summary>
internal sealed class FsiSignIn(FsiOptions options, FsiClient client, TimeProvider time) : IDisposable
{
    private static readonly FsiTransaction Transaction = new("9001", "/fsi/api/signInSignOutService/signIn");
    private readonly SemaphoreSlim _gate = new(1);
    private volatile SignNumber? _current;

    /// <summary>The number of the day, signing in when there is none; null with the reason when that fails.</summary>
    public async Task<(string? Number, string Why)> NumberAsync(CancellationToken ct)
    {
        if (Usable() is { } known)
            return (known, "");
        await _gate.WaitAsync(ct);
        try
        {
            if (Usable() is { } meanwhile)
                return (meanwhile, "");
            var reply = await client.CallAsync<Input, Output>(CallKind.Repeatable, Transaction, "", Ask(), ct);
            if (reply is not FsiReply.Done<Output> { Output.Signinoutb.SignNo: { Length: > 0 } number })
                return (null, $"Sign-in failed. {reply.Reason}");
            _current = new SignNumber(number, time.GetUtcNow().DayInBeijing());
            return (number, "");
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Forget() => _current = null;

    public void Dispose() => _gate.Dispose();

    private string? Usable() =>
        _current is { } current && current.Day == time.GetUtcNow().DayInBeijing() ? current.Value : null;

    private Input Ask() => new(new SignIn(options.Operator, options.MacAddress, options.IpAddress));

    private sealed record SignNumber(string Value, DateOnly Day);

    private sealed record Input([property: JsonPropertyName("signIn")] SignIn SignIn);

    private sealed record SignIn(string OpterNo, string Mac, string Ip);

    private sealed record Output(SignedIn? Signinoutb);

    private sealed record SignedIn(string? SignNo);
}
