namespace Ecert.Insurance;

/// <summary>One thing wrong with a policy pack.</summary>
/// <param name="Path">Where, as a JSON path: <c>$.schemes[0].benefits[1].bands[0].ratios.retired.3</c>.</param>
/// <param name="Words">What, and what would be right.</param>
public sealed record PackError(string Path, string Words)
{
    /// <summary>Path and words in one line.</summary>
    public override string ToString() => $"{Path}: {Words}";
}

/// <summary>What came of reading a policy pack. Closed.</summary>
public abstract record PackReading
{
    private PackReading() { }

    /// <summary>It is good.</summary>
    public sealed record Good(PolicyPack Pack) : PackReading;

    /// <summary>It is not, for all of these reasons.</summary>
    public sealed record Bad(IReadOnlyList<PackError> Errors) : PackReading;
}
