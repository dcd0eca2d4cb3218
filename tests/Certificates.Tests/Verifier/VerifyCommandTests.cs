using System.Text.Json;
using Ecert.Certificates.Presentations;
using Ecert.Certificates.Qr;
using Ecert.Certificates.Status;
using Ecert.Certificates.Suites;
using Ecert.Fixtures;
using Ecert.Verifier;

namespace Ecert.Certificates.Tests.Verifier;

public sealed class VerifyCommandTests : IDisposable
{
    private readonly TestNation _nation = new(SignatureSuite.Sm2);
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_valid_presentation_ends_with_0_and_one_line_of_JSON()
    {
        Assert.Equal(0, await RunAsync(CertificateStatus.Valid, "", await _nation.PresentAsync(), "--json"));
        var verdict = JsonDocument.Parse(_output.ToString()).RootElement;
        Assert.Equal("VALID", verdict.GetProperty("verdict").GetString());
        Assert.Equal("130100", verdict.GetProperty("insured_place").GetString());
    }

    [Fact]
    public async Task Lines_are_judged_one_by_one_and_the_worst_decides_the_exit_code()
    {
        var first = await _nation.PresentAsync();
        var code = OneTimeCode.New(TestNation.Hebei, _nation.Random).Value;
        var input = string.Join('\n', first, code, first, "rubbish");
        Assert.Equal(1, await RunAsync(CertificateStatus.Valid, input));
        var codes = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ')[0]);
        Assert.Equal(["VALID", "MUST_GO_ONLINE", "REPLAYED", "MALFORMED"], codes);
    }

    [Fact]
    public async Task A_code_for_online_use_ends_with_2() => Assert.Equal(
        2, await RunAsync(CertificateStatus.Valid, "", OneTimeCode.New(TestNation.Hebei, _nation.Random).Value));

    [Fact]
    public async Task A_revoked_certificate_ends_with_1()
    {
        Assert.Equal(1, await RunAsync(CertificateStatus.Revoked, "", await _nation.PresentAsync()));
        Assert.StartsWith("REVOKED", _output.ToString());
    }

    [Fact]
    public async Task A_trust_list_that_does_not_stand_ends_with_3_and_says_why()
    {
        await PrepareAsync(CertificateStatus.Valid);
        File.WriteAllBytes(_folder.File("trust"), [1, 2, 3]);
        Assert.Equal(3, Run("", "HEC1:"));
        Assert.Contains("malformed at trust_list.tag", _errors.ToString());
    }

    [Fact]
    public async Task A_missing_file_ends_with_3()
    {
        await PrepareAsync(CertificateStatus.Valid);
        File.Delete(_folder.File("status"));
        Assert.Equal(3, Run("", "HEC1:"));
    }

    [Fact]
    public async Task A_picture_is_judged_as_its_text_is()
    {
        var picture = _folder.File("code.png");
        File.WriteAllBytes(picture, QrPicture.Png(await _nation.PresentAsync()));
        Assert.Equal(0, await RunAsync(CertificateStatus.Valid, "", picture, "--json"));
        Assert.Equal(0, await RunAsync(CertificateStatus.Valid, "", "--picture", picture, "--json"));
        Assert.Equal(1, await RunAsync(CertificateStatus.Revoked, "", "--picture", picture, "--json"));
        var verdicts = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("verdict").GetString());
        Assert.Equal(["VALID", "VALID", "REVOKED"], verdicts);
    }

    [Fact]
    public async Task A_picture_that_holds_no_code_or_is_none_or_is_not_there_ends_with_4_and_says_why()
    {
        var png = QrPicture.Png("HEC1:");
        File.WriteAllBytes(_folder.File("cut.png"), png[..^20]);
        Assert.Equal(4, await RunAsync(CertificateStatus.Valid, "", _folder.File("cut.png")));
        Assert.Contains("cut.png: unreadable at png.chunk.", _errors.ToString());
        Assert.Equal(4, Run("", "--picture", _folder.File("trust")));
        Assert.Contains("trust: unreadable at png.signature.", _errors.ToString());
        Assert.Equal(4, Run("", _folder.File("missing.png")));
        Assert.Contains("missing.png", _errors.ToString());
        Assert.Equal(4, Run("", "--picture", _folder.Path));
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task A_picture_and_a_text_at_once_end_with_64()
    {
        await PrepareAsync(CertificateStatus.Valid);
        Assert.Equal(64, Run("", "HEC1:", "--picture", "code.png"));
    }

    [Theory]
    [InlineData("--amount", "1.234")]
    [InlineData("--amount", "-1")]
    [InlineData("--audience", "casino")]
    [InlineData("--now", "yesterday")]
    [InlineData("--nonsense", "1")]
    public async Task A_wrong_command_line_ends_with_64(string option, string value)
    {
        await PrepareAsync(CertificateStatus.Valid);
        Assert.Equal(64, Run("", "HEC1:", option, value));
    }

    [Fact]
    public void Help_lists_the_exit_codes()
    {
        Assert.Equal(0, VerifyCommand.Run(["--help"], TextReader.Null, _output, _errors, TimeProvider.System));
        Assert.Contains("64  the command line is wrong", _output.ToString());
    }

    private async Task<int> RunAsync(CertificateStatus status, string input, params string[] arguments)
    {
        await PrepareAsync(status);
        return Run(input, arguments);
    }

    private async Task PrepareAsync(CertificateStatus status)
    {
        File.WriteAllText(_folder.File("root"), _nation.Root.ExportCertificatePem());
        File.WriteAllBytes(_folder.File("trust"), await _nation.SignedTrustListAsync(_nation.Entry()));
        var array = new StatusArray(20_000) { [12345] = status };
        File.WriteAllBytes(_folder.File("status"), await _nation.Issuer.SignStatusListAsync(
            new Uri(TestNation.StatusLists + "/3"), array, TestNation.Now.AddHours(-1), TestNation.Now.AddDays(1),
            TimeSpan.FromHours(1), CancellationToken.None));
    }

    private int Run(string input, params string[] arguments) => VerifyCommand.Run(
        [
            .. arguments, "--root", _folder.File("root"), "--trust", _folder.File("trust"),
            "--status", _folder.File("status"),
        ],
        new StringReader(input), _output, _errors, new ManualTimeProvider(TestNation.Now));
}
