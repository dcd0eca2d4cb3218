using System.Text;
using System.Text.Json.Nodes;

namespace Ecert.Insurance.Tests;

public sealed class PackTests
{
    private static readonly string Folder = PolicyPacks.BesideTheBinary;
    private static readonly string HebeiFile = Path.Combine(Folder, "130000", "policy-2026-01-01.json");

    [Fact]
    public void Pilot_packs_load_and_are_found_by_place_and_day()
    {
        var packs = Assert.IsType<PacksLoading.Loaded>(PolicyPacks.Load(Folder)).Packs;
        var day = new DateOnly(2026, 11, 22);

        Assert.Equal("130000-2026", packs.Find(Kernel.Identifiers.DivisionCode.Parse("131199"), day)?.Id);
        Assert.Equal("310000-2024", packs.Find(Kernel.Identifiers.DivisionCode.Parse("310000"), day)?.Id);
        Assert.Null(packs.Find(Kernel.Identifiers.DivisionCode.Parse("130000"), new DateOnly(2025, 12, 31)));
        Assert.Null(packs.Find(Kernel.Identifiers.DivisionCode.Parse("440000"), day));
        Assert.All(packs.All, pack => Assert.Same(pack, packs.FindVersion(pack.Version)));
    }

    [Fact]
    public void The_version_is_the_id_and_the_hash_of_the_bytes()
    {
        var bytes = File.ReadAllBytes(HebeiFile);
        var changed = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace("0.05", "0.06"));

        var version = Good(bytes).Version;

        Assert.Matches("^130000-2026@[0-9a-f]{12}$", version);
        Assert.Equal(version, Good(bytes).Version);
        Assert.NotEqual(version, Good(changed).Version);
        Assert.EndsWith(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))[..12], version);
    }

    private const string ShareWords = "It must be a share in a text, from \"0\" to \"1\" with at most four decimals.";
    private const string MoneyWords = "It must be yuan in a text, at least zero, with at most two decimals.";
    private const string PriceWords = "It must be yuan in a text, above zero, with at most six decimals.";
    private const string Benefit = "schemes/0/benefits/0/";

    /// <summary>
    /// The member changed ('3 is a key, 3 an index), its new JSON (null! removes it), where the error is told if
    /// elsewhere, its words.
    /// </summary>
    public static TheoryData<string, string, string, string> BadPacks => new()
    {
        { "division", "\"13000\"", "", "It must be six digits." },
        { "validFrom", "\"2026-13-01\"", "", "It must be a date in a text of the form yyyy-MM-dd." },
        { "validUntil", "\"2025-12-31\"", "", "It must not be before validFrom." },
        { "medicalYearStart", "\"02-30\"", "", "It must be a day of the year in a text of the form MM-dd." },
        { "illustrative", "\"yes\"", "", "It must be true or false." },
        { "name", "{ \"zh\": \"x\" }", "name/en", "It is missing." },
        { "schemes", "[]", "", "There must be at least one scheme." },
        { "catalogue", "{}", "", "It must be an array." },
        { "catalogue/1/firstPay", "0.05", "", ShareWords },
        { "catalogue/1/firstPay", "\"1.01\"", "", ShareWords },
        { "catalogue/1/firstPay", "null!", "", "It is missing." },
        { "catalogue/0/firstPay", "\"0.1\"", "", "Only class B has a first-pay share." },
        { "catalogue/0/class", "\"D\"", "", "It must be one of A, B, C." },
        { "catalogue/0/code", "\"XC09\"", "", "A national code is 15, 20, 23 or 27 letters and digits." },
        {
            "catalogue/0/code", "\"XA01ABD075A002010100483\"", "catalogue/1",
            "The code XA01ABD075A002010100483 is listed before."
        },
        { "catalogue/0/ceiling", "\"-1\"", "", PriceWords },
        { "schemes/1/insutype", "\"310\"", "schemes/1", "The scheme 310 is described before." },
        {
            "schemes/0/personGroups/retired", "[\"1101\"]", "schemes/0/personGroups/retired/0",
            "This person type is in a group already."
        },
        { "schemes/0/account/pays", "\"all\"", "", "It must be one of burden, scope." },
        {
            Benefit + "medTypes/0", "\"14\"", "schemes/0/benefits/1/medTypes/0",
            "Another benefit covers this kind of visit."
        },
        { Benefit + "deductible/per", "\"month\"", "", "It must be one of year, stay." },
        { Benefit + "deductible/laterStays", "\"0.5\"", "", "Only a deductible per stay knows later stays." },
        { Benefit + "deductible/amounts/working", "\"5.001\"", "", MoneyWords },
        {
            Benefit + "deductible/amounts/working", "null!", Benefit + "deductible/amounts",
            "There is no figure for working."
        },
        {
            Benefit + "deductible/amounts/idle", "\"5\"", "",
            "There is no such key; there are working, retired and any."
        },
        { Benefit + "bands/0/ratios/retired/'3", "\"0,55\"", "", ShareWords },
        {
            Benefit + "bands/0/ratios/retired/'3", "null!", Benefit + "bands/0/ratios/retired",
            "There is no figure for 3."
        },
        { Benefit + "bands/0/over", "\"1.00\"", Benefit + "bands", "The first band must begin at \"0.00\"." },
        { "schemes/0/benefits/2/bands/1/over", "\"0.00\"", "", "It must be above that of the band before." },
        { Benefit + "copay", "\"1\"", "", "There is no such member." },
        {
            "schemes/0/layers/0/field", "\"hifp_pay\"", "",
            "It must be one of cvlserv_pay, hifes_pay, hifmi_pay, hifob_pay, maf_pay, oth_pay."
        },
        {
            "schemes/0/layers/0/groups", "[\"idle\"]", "schemes/0/layers/0/groups/0",
            "There is no such person group; there are working, retired."
        },
    };

    [Theory]
    [MemberData(nameof(BadPacks))]
    public void A_bad_pack_is_refused_with_its_path(string place, string json, string toldAt, string words)
    {
        var path = "$" + string.Concat((toldAt.Length == 0 ? place : toldAt).Split('/').Select(static step =>
            step[0] == '\'' ? $".{step[1..]}" : char.IsAsciiDigit(step[0]) ? $"[{step}]" : $".{step}"));

        Assert.Equal([$"{path}: {words}"], Errors(Changed((place, json))));
    }

    [Fact]
    public void Every_error_is_told_at_once() => Assert.Equal(
        [
            "$.division: It must be six digits.", "$.illustrative: It must be true or false.",
            "$.schemes[0].layers[0].base: It must be one of aboveCap, burden.",
        ],
        Errors(Changed(("division", "1"), ("illustrative", "1"), ("schemes/0/layers/0/base", "\"all\""))));

    [Theory]
    [InlineData("", "$: It is not JSON")]
    [InlineData("{ \"id\": \"a\", \"id\": \"b\" }", "$: It is not JSON")]
    [InlineData("[]", "$: It must be an object.")]
    [InlineData("\"pack\"", "$: It must be an object.")]
    [InlineData("null", "$: It must be an object.")]
    public void What_is_no_pack_at_all_is_refused(string text, string expected) =>
        Assert.StartsWith(expected, Errors(Encoding.UTF8.GetBytes(text))[0]);

    [Fact]
    public void A_folder_is_loaded_whole_or_not_at_all()
    {
        var folder = Directory.CreateTempSubdirectory("packs-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "130000"));
            File.Copy(HebeiFile, Path.Combine(folder.FullName, "130000", "policy-2026-01-01.json"));
            var next = Changed(("id", "\"130000-2027\""), ("validFrom", "\"2027-01-01\""), ("division", "\"130000\""));
            File.WriteAllBytes(Path.Combine(folder.FullName, "130000", "policy-2027-01-01.json"), next);
            File.WriteAllBytes(Path.Combine(folder.FullName, "policy-2028-01-01.json"), Changed(("division", "1")));

            var errors = Assert.IsType<PacksLoading.Failed>(PolicyPacks.Load(folder.FullName)).Errors;

            Assert.Equal(
                [
                    "policy-2028-01-01.json $.division: It must be six digits.",
                    "130000-2026: It is in force on days on which 130000-2027 is, too.",
                ],
                errors.Select(static error => error.ToString()));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_folder_without_packs_is_refused() =>
        Assert.IsType<PacksLoading.Failed>(PolicyPacks.Load(Path.Combine(Folder, "nowhere")));

    private static PolicyPack Good(byte[] bytes) =>
        Assert.IsType<PackReading.Good>(PolicyPackReader.Read(bytes)).Pack;

    private static string[] Errors(byte[] bytes) =>
        [.. Assert.IsType<PackReading.Bad>(PolicyPackReader.Read(bytes)).Errors.Select(static one => one.ToString())];

    /// <summary>The Hebei pack with members set, or removed by <c>null!</c>.</summary>
    private static byte[] Changed(params (string Place, string Json)[] changes)
    {
        var root = JsonNode.Parse(File.ReadAllBytes(HebeiFile))!;
        foreach (var (place, json) in changes)
        {
            var steps = place.Replace("'", "").Split('/');
            var node = steps[..^1].Aggregate(root, static (at, step) =>
                at is JsonArray array ? array[int.Parse(step)]! : at[step]!);
            if (json == "null!")
                ((JsonObject)node).Remove(steps[^1]);
            else if (node is JsonArray array)
                array[int.Parse(steps[^1])] = JsonNode.Parse(json);
            else
                node[steps[^1]] = JsonNode.Parse(json);
        }
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }
}
