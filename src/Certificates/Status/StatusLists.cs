using System.Collections.Immutable;
using Ecert.Kernel.Identifiers;

namespace Ecert.Certificates.Status;

/// <summary>
/// The status lists a verifier has at hand. Immutable: a newer list makes a new set, swapped in at once.
/// </summary>
public sealed class StatusLists
{
    private readonly ImmutableDictionary<(DivisionCode Division, int Number), StatusList> _lists;

    private StatusLists(ImmutableDictionary<(DivisionCode, int), StatusList> lists) => _lists = lists;

    /// <summary>No list.</summary>
    public static StatusLists None { get; } = new(ImmutableDictionary<(DivisionCode, int), StatusList>.Empty);

    /// <summary>This set with a list added; of two with the same number the one issued later stays.</summary>
    public StatusLists With(StatusList list)
    {
        var place = (list.Division, list.Number);
        var older = _lists.TryGetValue(place, out var known) && known.IssuedAt > list.IssuedAt;
        return older ? this : new StatusLists(_lists.SetItem(place, list));
    }

    /// <summary>What is known of one certificate, or null when no list at hand covers it.</summary>
    public KnownStatus? Find(DivisionCode issuer, StatusReference reference) =>
        _lists.TryGetValue((issuer, reference.List), out var list) && list.At(reference.Index) is { } status
            ? new KnownStatus(status, list.IssuedAt, list.ExpiresAt)
            : null;
}

/// <summary>A status and how fresh it is.</summary>
/// <param name="Status">The status.</param>
/// <param name="AsOf">When it was true.</param>
/// <param name="ExpiresAt">From when on it may not be relied upon.</param>
public readonly record struct KnownStatus(CertificateStatus Status, DateTimeOffset AsOf, DateTimeOffset ExpiresAt);
