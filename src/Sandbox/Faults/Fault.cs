namespace Ecert.Sandbox.Faults;

/// <summary>What goes wrong, once, when a fault strikes.</summary>
public enum FaultKind
{
    /// <summary>The answer comes late.</summary>
    Delay = 1,

    /// <summary>The connection breaks before anything is done.</summary>
    DropBefore = 2,

    /// <summary>The work is done, then the connection breaks without an answer.</summary>
    DropAfter = 3,

    /// <summary>An error answer, and nothing is done.</summary>
    ErrorBefore = 4,

    /// <summary>The work is done, then an error is answered all the same.</summary>
    ErrorAfter = 5,

    /// <summary>The answer's signature does not verify.</summary>
    WrongSignature = 6,

    /// <summary>The callback is kept back until it is asked for.</summary>
    WithholdCallback = 7,

    /// <summary>The callback is sent twice at once.</summary>
    DuplicateCallback = 8,

    /// <summary>
    /// The first attempt of the callback carries a signature that does not verify; later ones are right.
    /// </summary>
    WrongCallbackSignature = 9,
}

/// <summary>A fault that was ordered.</summary>
/// <param name="Id">Names it in the list.</param>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Counterpart">The first path segment it concerns: <c>wechatpay</c>, <c>alipay</c>, …</param>
/// <param name="Contains">
/// Text that must occur in the path, query or body (for callbacks: the number it is about); empty for any.
/// </param>
/// <param name="Times">How many more times it strikes.</param>
/// <param name="Delay">How late, for <see cref="FaultKind.Delay"/>.</param>
/// <param name="Status">HTTP status of an error where the protocol carries errors in it; 500 unless told.</param>
/// <param name="Code">The error code to answer; null for the counterpart's own "system error".</param>
internal sealed record Fault(
    string Id, FaultKind Kind, string Counterpart, string Contains, int Times, TimeSpan Delay, int Status, string? Code)
{
    /// <summary>Strikes callbacks rather than requests.</summary>
    public bool IsOfCallbacks => Kind
        is FaultKind.WithholdCallback or FaultKind.DuplicateCallback or FaultKind.WrongCallbackSignature;
}
