using Ecert.Kernel;

namespace Ecert.Insurance;

/// <summary>Reads one scheme of a policy pack.</summary>
internal static class SchemeReader
{
    private const string Any = "any";

    private static readonly IReadOnlyDictionary<string, InstitutionLevel> Levels =
        new Dictionary<string, InstitutionLevel>
        {
            ["1"] = InstitutionLevel.One, ["2"] = InstitutionLevel.Two, ["3"] = InstitutionLevel.Three,
            ["community"] = InstitutionLevel.Community,
        };

    private static readonly IReadOnlyDictionary<string, bool> Periods =
        new Dictionary<string, bool> { ["year"] = false, ["stay"] = true };

    private static readonly IReadOnlyDictionary<string, LayerBase> Bases =
        new Dictionary<string, LayerBase> { ["aboveCap"] = LayerBase.AboveCap, ["burden"] = LayerBase.Burden };

    private static readonly IReadOnlyDictionary<string, SettlementField> LayerFields = SettlementFields.Funds
        .Where(static field => field != SettlementField.PooledFund)
        .ToDictionary(static field => field.NationalName());

    private static readonly IReadOnlyDictionary<string, bool> AccountPays =
        new Dictionary<string, bool> { ["burden"] = true, ["scope"] = false };

    public static Scheme Read(PackNode node)
    {
        var personGroups = node.Member("personGroups");
        var persons = Persons(personGroups);
        var groups = personGroups.Entries().Select(static entry => entry.Name).ToArray();
        var account = node.Optional("account");
        var scheme = new Scheme(
            Digits(node.Member("insutype"), 3), PolicyPackReader.Bilingual(node.Member("name")),
            Digits(node.Member("fundPayType"), 6), persons, account is null ? null : Account(account),
            Benefits(node.Member("benefits"), groups),
            [.. (node.Optional("layers")?.Items() ?? []).Select(layer => Layer(layer, groups))]);
        node.RefuseUnknownMembers();
        return scheme;
    }

    private static string Digits(PackNode node, int count)
    {
        var text = node.Text(count);
        if (text.Length > 0 && (text.Length != count || !text.All(char.IsAsciiDigit)))
            node.Fail($"It must be {count} digits.");
        return text;
    }

    private static Dictionary<string, string> Persons(PackNode node)
    {
        var groups = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (group, types) in node.Entries())
        {
            if (group == Any)
                types.Fail("This word stands for every group and cannot name one.");
            foreach (var type in types.Items())
                if (!groups.TryAdd(Digits(type, 4), group))
                    type.Fail("This person type is in a group already.");
        }
        if (node.IsThere && groups.Count == 0)
            node.Fail("There must be at least one person type.");
        return groups;
    }

    private static HashSet<string> MedTypes(PackNode node) =>
        [.. node.Items().Select(static type => type.Text(6))];

    private static AccountRule Account(PackNode node)
    {
        var rule = new AccountRule(
            Digits(node.Member("payType"), 6), MedTypes(node.Member("medTypes")),
            node.Member("pays").OneOf(AccountPays), node.Optional("beforeFund") is { } first ? MedTypes(first) : []);
        node.RefuseUnknownMembers();
        return rule;
    }

    private static Dictionary<string, Benefit> Benefits(PackNode node, string[] groups)
    {
        var benefits = new Dictionary<string, Benefit>(StringComparer.Ordinal);
        foreach (var entry in node.Items())
        {
            var medTypes = entry.Member("medTypes");
            var benefit = Benefit(entry, groups);
            foreach (var type in medTypes.Items())
                if (!benefits.TryAdd(type.Text(6), benefit))
                    type.Fail("Another benefit covers this kind of visit.");
        }
        if (node.IsThere && benefits.Count == 0)
            node.Fail("There must be at least one benefit for at least one kind of visit.");
        return benefits;
    }

    private static Benefit Benefit(PackNode node, string[] groups)
    {
        node.Optional("medTypes");
        var bands = node.Member("bands");
        var benefit = new Benefit(
            node.Member("id").Text(64), PolicyPackReader.Bilingual(node.Member("name")),
            Deductible(node.Member("deductible"), groups), node.Member("scopeCounter").Text(64),
            Bands(bands, groups), Cap(node.Optional("cap"), groups));
        if (benefit.Bands is [{ Over.IsPositive: true }, ..])
            bands.Fail("The first band must begin at \"0.00\".");
        node.RefuseUnknownMembers();
        return benefit;
    }

    private static Deductible Deductible(PackNode node, string[] groups)
    {
        var laterStays = node.Optional("laterStays");
        var deductible = new Deductible(
            node.Member("per").OneOf(Periods), node.Member("counter").Text(64), laterStays?.Ratio() ?? Ratio.One,
            Table(node.Member("amounts"), groups, static figure => figure.Money()));
        if (laterStays is not null && !deductible.PerStay)
            laterStays.Fail("Only a deductible per stay knows later stays.");
        node.RefuseUnknownMembers();
        return deductible;
    }

    private static Layer Layer(PackNode node, string[] groups)
    {
        var only = node.Optional("groups");
        foreach (var group in only?.Items() ?? [])
            if (!groups.Contains(group.Text(64)))
                group.Fail($"There is no such person group; there are {string.Join(", ", groups)}.");
        var layer = new Layer(
            node.Member("id").Text(64), PolicyPackReader.Bilingual(node.Member("name")),
            node.Member("field").OneOf(LayerFields), Digits(node.Member("payType"), 6),
            node.Member("base").OneOf(Bases),
            only is null ? groups.ToHashSet() : [.. only.Items().Select(static group => group.Text(64))],
            node.Optional("medTypes") is { } medTypes ? MedTypes(medTypes) : null,
            node.Member("counter").Text(64), Bands(node.Member("bands"), groups), Cap(node.Optional("cap"), groups));
        node.RefuseUnknownMembers();
        return layer;
    }

    private static List<Band> Bands(PackNode node, string[] groups)
    {
        var bands = new List<Band>();
        foreach (var entry in node.Items())
        {
            var over = entry.Member("over");
            var band = new Band(
                over.Money(), Table(entry.Member("ratios"), groups, static figure => figure.Ratio()));
            if (bands.Count > 0 && band.Over <= bands[^1].Over)
                over.Fail("It must be above that of the band before.");
            entry.RefuseUnknownMembers();
            bands.Add(band);
        }
        if (node.IsThere && bands.Count == 0)
            node.Fail("There must be at least one band.");
        return bands;
    }

    private static Cap? Cap(PackNode? node, string[] groups)
    {
        if (node is null)
            return null;
        var cap = new Cap(
            node.Member("counter").Text(64), Table(node.Member("amounts"), groups, static figure => figure.Money()));
        node.RefuseUnknownMembers();
        return cap;
    }

    /// <summary>
    /// A figure for every group and level: one text for all; or by group, each one text for all levels or by level. The
    /// word "any" stands for the groups or levels not named.
    /// </summary>
    private static ByGroupAndLevel<T> Table<T>(PackNode node, string[] groups, Func<PackNode, T> figure)
    {
        var values = new Dictionary<(string, InstitutionLevel), T>();
        foreach (var (group, byLevel) in Spread(node, groups))
            foreach (var (level, leaf) in Spread(byLevel, [.. Levels.Keys]))
                values[(group, Levels[level])] = figure(leaf);
        return new ByGroupAndLevel<T>(values);
    }

    private static IEnumerable<(string Name, PackNode Node)> Spread(PackNode node, string[] names)
    {
        if (!node.IsObject)
            return names.Select(name => (name, node));
        var entries = node.Entries().ToDictionary(static entry => entry.Name, static entry => entry.Node);
        foreach (var (name, entry) in entries)
            if (name != Any && !names.Contains(name))
                entry.Fail($"There is no such key; there are {string.Join(", ", names)} and {Any}.");
        var rest = entries.GetValueOrDefault(Any);
        foreach (var name in names)
            if (rest is null && !entries.ContainsKey(name))
                node.Fail($"There is no figure for {name}.");
        return names
            .Select(name => (name, node: entries.GetValueOrDefault(name) ?? rest))
            .Where(static pair => pair.node is not null)
            .Select(static pair => (pair.name, pair.node!));
    }
}
