using Ecert.Kernel.Identifiers;

namespace Ecert.Insurance;

/// <summary>The packs a gateway runs by.</summary>
/// <param name="packs">The packs; no two of one division may be in force on the same day.</param>
public sealed class PolicyPacks(IReadOnlyList<PolicyPack> packs)
{
    private readonly Dictionary<string, PolicyPack> _byVersion =
        packs.ToDictionary(static pack => pack.Version, StringComparer.Ordinal);

    /// <summary>Every pack.</summary>
    public IReadOnlyList<PolicyPack> All { get; } = packs;

    /// <summary>
    /// The pack in force for a place on a day: that of the division itself, else of its province; null for none.
    /// </summary>
    public PolicyPack? Find(DivisionCode division, DateOnly day) =>
        All.FirstOrDefault(pack => pack.Division == division && pack.IsValidOn(day)) ??
        All.FirstOrDefault(pack => pack.Division == division.Province && pack.IsValidOn(day));

    /// <summary>The pack a settlement pinned; null if it is not here.</summary>
    public PolicyPack? FindVersion(string version) => _byVersion.GetValueOrDefault(version);

    /// <summary>Reads every <c>&lt;division&gt;/policy-&lt;from&gt;.json</c> under a folder.</summary>
    /// <param name="folder">The folder: the option of the host, by default <see cref="BesideTheBinary"/>.</param>
    /// <returns>The packs, or every error of every file, its path beginning with the file's.</returns>
    public static PacksLoading Load(string folder)
    {
        if (!Directory.Exists(folder))
            return new PacksLoading.Failed([new PackError(folder, "There is no such folder.")]);
        var packs = new List<PolicyPack>();
        var errors = new List<PackError>();
        foreach (var path in Directory.EnumerateFiles(folder, "policy-*.json", SearchOption.AllDirectories).Order())
            ReadFile(path, Path.GetRelativePath(folder, path), packs, errors);
        foreach (var (pack, other) in Overlaps(packs))
            errors.Add(new PackError(pack.Id, $"It is in force on days on which {other.Id} is, too."));
        if (packs.Count == 0 && errors.Count == 0)
            errors.Add(new PackError(folder, "There is no policy-*.json in it."));
        return errors.Count == 0
            ? new PacksLoading.Loaded(new PolicyPacks(packs))
            : new PacksLoading.Failed(errors);
    }

    /// <summary>Where the pilot provinces' packs lie after a build.</summary>
    public static string BesideTheBinary => Path.Combine(AppContext.BaseDirectory, "provinces");

    private static void ReadFile(string path, string name, List<PolicyPack> packs, List<PackError> errors)
    {
        switch (PolicyPackReader.Read(File.ReadAllBytes(path)))
        {
            case PackReading.Bad bad:
                errors.AddRange(bad.Errors.Select(error => error with { Path = $"{name} {error.Path}" }));
                break;
            case PackReading.Good { Pack: var pack }:
                var expected = Path.Combine(pack.Division.Value, $"policy-{pack.ValidFrom:yyyy-MM-dd}.json");
                if (name != expected)
                    errors.Add(new PackError($"{name} $", $"By division and validFrom it must be {expected}."));
                packs.Add(pack);
                break;
        }
    }

    private static IEnumerable<(PolicyPack, PolicyPack)> Overlaps(List<PolicyPack> packs) =>
        from pack in packs
        from other in packs
        where pack.Division == other.Division && pack.ValidFrom < other.ValidFrom &&
            (pack.ValidUntil is null || pack.ValidUntil >= other.ValidFrom)
        select (pack, other);
}

/// <summary>What came of loading a folder of packs. Closed.</summary>
public abstract record PacksLoading
{
    private PacksLoading() { }

    /// <summary>Every pack is good.</summary>
    public sealed record Loaded(PolicyPacks Packs) : PacksLoading;

    /// <summary>Something is wrong; nothing may run by them.</summary>
    public sealed record Failed(IReadOnlyList<PackError> Errors) : PacksLoading;
}
