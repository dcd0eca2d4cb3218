using System.Security.Cryptography;
using System.Text.Json;
using Ecert.Kernel;
using Ecert.Kernel.Identifiers;

namespace Ecert.Insurance;

/// <summary>
/// Reads a policy pack. <c>provinces/policy.schema.json</c> describes the form; this reader checks it again, and what a
/// schema cannot say, and tells every error at once with its path.
/// </summary>
public static class PolicyPackReader
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    private static readonly IReadOnlyDictionary<string, CatalogueClass> Classes =
        new Dictionary<string, CatalogueClass>
        {
            ["A"] = CatalogueClass.A, ["B"] = CatalogueClass.B, ["C"] = CatalogueClass.C,
        };

    private static readonly IReadOnlyDictionary<string, string> ListTypes =
        new[] { "101", "102", "103", "104", "105", "201", "301" }.ToDictionary(static type => type);

    /// <summary>Reads the bytes of a pack's file (UTF-8 JSON).</summary>
    public static PackReading Read(ReadOnlyMemory<byte> file)
    {
        try
        {
            using var document = JsonDocument.Parse(file, Strict);
            var errors = new List<PackError>();
            var root = new PackNode(document.RootElement, "$", errors);
            if (!root.IsObject)
                return new PackReading.Bad([new PackError("$", "It must be an object.")]);
            var pack = ReadPack(root, Hash(file.Span));
            // A figure that stands for several groups or levels is read for each, and at fault once.
            return errors.Count == 0 ? new PackReading.Good(pack) : new PackReading.Bad([.. errors.Distinct()]);
        }
        catch (JsonException malformed)
        {
            return new PackReading.Bad([new PackError("$", $"It is not JSON: {malformed.Message}")]);
        }
    }

    private static string Hash(ReadOnlySpan<byte> file) =>
        Convert.ToHexStringLower(SHA256.HashData(file))[..12];

    private static PolicyPack ReadPack(PackNode root, string hash)
    {
        root.Optional("$schema");
        var id = root.Member("id").Text(64);
        var from = root.Member("validFrom").Date("yyyy-MM-dd");
        var untilNode = root.Optional("validUntil");
        var until = untilNode?.Date("yyyy-MM-dd");
        if (until < from)
            untilNode!.Fail("It must not be before validFrom.");
        var pack = new PolicyPack(
            id, $"{id}@{hash}",
            root.Member("division").Parsed<DivisionCode>("six digits", DivisionCode.TryParse),
            Bilingual(root.Member("name")), from, until, YearStart(root.Member("medicalYearStart")),
            root.Member("illustrative").Flag(), root.Member("source").Text(4000),
            Catalogue(root.Member("catalogue")), Schemes(root.Member("schemes")));
        root.RefuseUnknownMembers();
        return pack;
    }

    // Read in the calendar of a leap year, so that 02-29 is a day.
    private static DateOnly YearStart(PackNode node) => node.Parsed(
        "a day of the year in a text of the form MM-dd",
        static (string text, out DateOnly day) => DateOnly.TryParseExact($"2024-{text}", "yyyy-MM-dd", out day));

    internal static BilingualText Bilingual(PackNode node)
    {
        var text = new BilingualText(node.Member("zh").Text(200), node.Member("en").Text(200));
        node.RefuseUnknownMembers();
        return text;
    }

    private static Dictionary<string, CatalogueItem> Catalogue(PackNode node)
    {
        var items = new Dictionary<string, CatalogueItem>(StringComparer.Ordinal);
        foreach (var entry in node.Items())
        {
            var item = Item(entry);
            if (!items.TryAdd(item.Code, item))
                entry.Fail($"The code {item.Code} is listed before.");
        }
        return items;
    }

    private static CatalogueItem Item(PackNode node)
    {
        var code = node.Member("code");
        var text = code.Text(50);
        // Services 15, Chinese patent drugs and consumables 20, western drugs 23, consumables in the long form 27.
        if (text.Length is not (0 or 15 or 20 or 23 or 27) || !text.All(char.IsAsciiLetterOrDigit))
            code.Fail("A national code is 15, 20, 23 or 27 letters and digits.");
        var kind = node.Member("class").OneOf(Classes);
        var firstPay = node.Optional("firstPay");
        if (firstPay is not null && kind is CatalogueClass.A or CatalogueClass.C)
            firstPay!.Fail("Only class B has a first-pay share.");
        if (firstPay is null && kind == CatalogueClass.B)
            node.Member("firstPay");
        var item = new CatalogueItem(
            text, node.Member("name").Text(200), kind,
            kind == CatalogueClass.C ? Ratio.One : firstPay?.Ratio() ?? Ratio.Zero,
            node.Optional("ceiling")?.Price(), node.Member("listType").OneOf(ListTypes));
        node.RefuseUnknownMembers();
        return item;
    }

    private static Dictionary<string, Scheme> Schemes(PackNode node)
    {
        var schemes = new Dictionary<string, Scheme>(StringComparer.Ordinal);
        foreach (var entry in node.Items())
        {
            var scheme = SchemeReader.Read(entry);
            if (!schemes.TryAdd(scheme.Insutype, scheme))
                entry.Fail($"The scheme {scheme.Insutype} is described before.");
        }
        if (node.IsThere && schemes.Count == 0)
            node.Fail("There must be at least one scheme.");
        return schemes;
    }
}
