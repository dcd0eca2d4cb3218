using Ecert.Kernel;

namespace Ecert.Sandbox.Alipay;

/// <summary>A payment code on a payer's screen.</summary>
/// <param name="BuyerId">Whose.</param>
/// <param name="AsksPayer">Whether the payer is asked to confirm: the call is then answered 10003.</param>
/// <param name="Until">When it lapses.</param>
internal sealed record PaymentCode(string BuyerId, bool AsksPayer, DateTimeOffset Until);

/// <summary>The payment codes shown: 18 digits that begin with 28, good for one payment within a minute.</summary>
internal sealed class PaymentCodes(TimeProvider clock, RandomSource random)
{
    private static readonly TimeSpan Lives = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, PaymentCode> _codes = [];

    /// <summary>A payer opens the payment code.</summary>
    public string Show(string buyerId, bool asksPayer)
    {
        var code = "28" + random.Digits(16);
        lock (_lock)
            _codes[code] = new PaymentCode(buyerId, asksPayer, clock.GetUtcNow() + Lives);
        return code;
    }

    /// <summary>Uses a code up; null when it is unknown, used or lapsed.</summary>
    public PaymentCode? Take(string code)
    {
        lock (_lock)
            return _codes.Remove(code, out var shown) && clock.GetUtcNow() < shown.Until ? shown : null;
    }
}
