namespace Ecert.Tidy.Tests;

/// <summary>One breach of a rule.</summary>
/// <param name="Where">Path, and line where there is one.</param>
/// <param name="What">What was found there.</param>
internal sealed record Finding(string Where, string What)
{
    public override string ToString() => $"{Where}: {What}";
}

/// <summary>How a rule reports.</summary>
internal static class Rule
{
    /// <summary>Fails with every finding and the reason the rule exists.</summary>
    public static void Holds(string rule, string because, IEnumerable<Finding> findings)
    {
        var found = findings.ToArray();
        Assert.True(
            found.Length == 0,
            $"{rule}, because {because}.\n  {string.Join("\n  ", found.Select(one => one.ToString()))}");
    }

    /// <summary>
    /// Findings outside the places named with a reason; a name that excuses nothing is itself a finding.
    /// </summary>
    public static IEnumerable<Finding> Except(
        this IEnumerable<Finding> findings, IReadOnlyDictionary<string, string> excused)
    {
        var found = findings.ToArray();
        var used = found.Select(one => PathOf(one.Where)).Where(excused.ContainsKey).ToHashSet();
        return found.Where(one => !excused.ContainsKey(PathOf(one.Where)))
            .Concat(excused.Keys.Where(path => !used.Contains(path))
                .Select(path => new Finding(path, "is excused from a rule it does not breach: take it off the list")));
    }

    private static string PathOf(string where) => where.Split(':')[0];
}
