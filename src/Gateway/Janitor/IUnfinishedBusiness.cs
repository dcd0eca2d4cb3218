namespace Ecert.Gateway.Janitor;

/// <summary>A slice's work that a crash, a lost answer or a silent counterpart left half done.</summary>
internal interface IUnfinishedBusiness
{
    /// <summary>
    /// Takes up what is due. Every record is tried on its own: one that fails is logged by the janitor's caller and
    /// does not keep the others waiting.
    /// </summary>
    /// <returns>The records that are due, oldest first, at most a hundred, each with the way to take it up.</returns>
    Task<IReadOnlyList<UnfinishedRecord>> DueAsync(CancellationToken ct);
}

/// <summary>One record and how to go on with it.</summary>
/// <param name="Id">The record, for the log.</param>
/// <param name="ResumeAsync">Goes on; without a second effect when somebody else already has.</param>
internal sealed record UnfinishedRecord(string Id, Func<CancellationToken, Task> ResumeAsync);
