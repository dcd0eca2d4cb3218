using System.Text.RegularExpressions;

namespace Ecert.Tidy.Tests;

public sealed partial class TextTests
{
    private static readonly string[] KeyExtensions = [".pfx", ".p12", ".key", ".jks", ".keystore"];

    /// <summary>Files with a key that is published already, each with its source.</summary>
    private static readonly Dictionary<string, string> PublishedKeys = [];

    /// <summary>Files that must name a path or host, each with its reason.</summary>
    private static readonly Dictionary<string, string> ExcusedPlaces = [];

    [Fact]
    public void No_private_key_is_committed() => Rule.Holds(
        "No private key is in the repository", "a key that was committed once must be taken for known",
        Repository.Files.Where(NotThisFile).SelectMany(CheckKeys).Concat(Repository.Paths.SelectMany(CheckKeyFile))
            .Except(PublishedKeys));

    [Fact]
    public void Nothing_is_left_to_do() => Rule.Holds(
        "No comment puts off work", "what is not done is told in the README's coverage table, not in a comment",
        Repository.Files.Where(NotThisFile).SelectMany(CheckPutOff));

    [Fact]
    public void No_machine_is_named() => Rule.Holds(
        "No file names a path of somebody's machine or the host of a package registry",
        "the repository must build on any machine, from any registry",
        Repository.Files.Where(NotThisFile).SelectMany(CheckPlaces).Except(ExcusedPlaces));

    [Theory]
    [InlineData("-----BEGIN " + "PRIVATE KEY-----\nMIIBVgIBADANBgkqhkiG9w0BAQEFAASCAUAwggE8AgEAAkEAq7BFUpkGp3+LQmlQ\n")]
    [InlineData(
        "-----BEGIN " + "RSA PRIVATE KEY-----\nMIIBOgIBAAJBAKj34GkxFhD90vcNLYLInFEX6Ppy1tPf9Cnzj4p4WGeKLs1Pt8Qu\n")]
    [InlineData("key: MIGHAgEAMBMGByqGSM49" + "AgEGCCqGSM49AwEHBG0wawIBAQQg0123456789012345678901234567890123456789")]
    [InlineData("\"MIIEvQIBADANBgkqhkiG9w0BAQEFAASC" + "BKcwggSjAgEAAoIBAQC7VJTUt9Us8cKjMzEfYyjiWA4R4012345678\"")]
    public void A_planted_key_is_caught(string text) => Assert.Single(CheckKeys(new SourceFile("docs/a.md", text)));

    [Theory]
    [InlineData("certs/server.pfx")]
    [InlineData("certs/server.key")]
    public void A_planted_key_file_is_caught(string path) => Assert.Single(CheckKeyFile(path));

    [Fact]
    public void The_words_around_a_key_are_not_a_key() => Assert.Empty(CheckKeys(
        new SourceFile(
            "src/A.cs", "var pem = \"-----BEGIN " + "PRIVATE KEY-----\\n\" + Convert.ToBase64String(bytes);")));

    [Theory]
    [InlineData("// TO" + "DO: later")]
    [InlineData("# FIX" + "ME")]
    public void Planted_put_off_work_is_caught(string text) => Assert.Single(CheckPutOff(new SourceFile("a.py", text)));

    [Theory]
    [InlineData("path = /ho" + "me/somebody/ecert")]
    [InlineData("path = /wo" + "rk/main/src")]
    [InlineData("path = C:" + @"\Users\somebody")]
    [InlineData("https://api.nuget" + ".org/v3/index.json")]
    [InlineData("https://registry.npmjs" + ".org/jose")]
    [InlineData("https://registry.exam" + "ple.com/npm/jose/-/jose-1.0.0.tgz")]
    public void A_planted_place_is_caught(string text) => Assert.Single(CheckPlaces(new SourceFile("a.json", text)));

    [Theory]
    [InlineData("path = /usr/bin/chromium")]
    [InlineData("GET /v1/settlements/{settlement_id}")]
    [InlineData("https://127.0.0.1:5001/work/in/progress")]
    public void What_only_looks_alike_is_left_alone(string text) =>
        Assert.Empty(CheckPlaces(new SourceFile("a.json", text)));

    private static bool NotThisFile(SourceFile file) => file.Path != "tests/Tidy.Tests/TextTests.cs";

    private static IEnumerable<Finding> CheckKeys(SourceFile file) =>
        Matches(file, PrivateKey()).Take(1).Select(found => found with { What = "holds a private key" });

    private static IEnumerable<Finding> CheckKeyFile(string path) =>
        KeyExtensions.Contains(Path.GetExtension(path)) ? [new Finding(path, "is a key file")] : [];

    private static IEnumerable<Finding> CheckPutOff(SourceFile file) => Matches(file, PutOff());

    private static IEnumerable<Finding> CheckPlaces(SourceFile file) => Matches(file, Place());

    private static IEnumerable<Finding> Matches(SourceFile file, Regex pattern) => pattern.Matches(file.Text)
        .Select(match => new Finding(file.At(file.Text.AsSpan(0, match.Index).Count('\n') + 1), match.Value.Trim()));

    [GeneratedRegex("""
        -----BEGIN\ [A-Z ]*PRIVATE\ KEY-----(\\n|\s)+[A-Za-z0-9+/=]{40,}
        | MIGHAgEAMBMGByqGSM49[A-Za-z0-9+/]{40,} | MHcCAQEE[A-Za-z0-9+/]{60,}
        | MII[A-Za-z0-9+/]{2}gIBADANBgkqhkiG9w0BAQEFAASC[A-Za-z0-9+/]{40,}
        | MII[A-Za-z0-9+/]{2}QIBADANBgkqhkiG9w0BAQEFAASC[A-Za-z0-9+/]{40,}
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex PrivateKey();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b(?=[:(\s]|$)")]
    private static partial Regex PutOff();

    [GeneratedRegex("""
        (?<![\w.:/}-])/(home|root|Users|work|workspace)/\w | \b[A-Za-z]:\\\w
        | \b(nuget|npmjs|pypi|pythonhosted)\.org\b | \bregistry\.[\w-]+\.\w+/
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Place();
}
