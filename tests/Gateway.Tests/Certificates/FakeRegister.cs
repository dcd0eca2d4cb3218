using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Ecert.Certificates.Status;
using Ecert.Gateway.Tests.Support;

namespace Ecert.Gateway.Tests.Certificates;

/// <summary>
/// The issuer's register of the tests' one certificate, as the issuer's server answers: state, log of changes, status
/// lists signed anew at every change, and one-time codes.
/// </summary>
internal sealed class FakeRegister
{
    private readonly TestGateway _gateway;
    private readonly List<JsonObject> _changes = [];
    private readonly Dictionary<string, string?> _codes = [];

    private FakeRegister(TestGateway gateway) => _gateway = gateway;

    public string State { get; private set; } = "valid";
    public List<string> Reasons { get; } = [];

    /// <summary>Ends the log's answers while set.</summary>
    public bool IsLogDown { get; set; }

    /// <summary>Sets the register up behind a gateway.</summary>
    public static async Task<FakeRegister> OpenAsync(TestGateway gateway)
    {
        var register = new FakeRegister(gateway);
        gateway.Identity.OnRequest = register.AnswerAsync;
        await gateway.Identity.PublishAsync(TestGateway.Nation);
        return register;
    }

    /// <summary>Changes the state as if through another gateway.</summary>
    public async Task ChangeAsync(string state, string division = "130000")
    {
        State = state;
        lock (_changes)
        {
            _changes.Add(new JsonObject
            {
                ["sequence"] = _changes.Count + 1, ["certificate_id"] = People.CertificateId, ["state"] = state,
                ["division"] = division, ["status_list_uri"] = "https://identity.example/status-lists/130000/3",
                ["status_list_index"] = 12345,
                ["changed_at_milliseconds"] = _gateway.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
            });
        }
        await _gateway.Identity.PublishAsync(TestGateway.Nation, state switch
        {
            "revoked" => CertificateStatus.Revoked,
            "suspended" => CertificateStatus.Suspended,
            _ => CertificateStatus.Valid,
        });
    }

    public void GiveCode(string code) => _codes[code] = "";

    public void EndCode(string code) => _codes[code] = null;

    private async Task<HttpResponseMessage?> AnswerAsync(HttpRequestMessage request)
    {
        var path = request.RequestUri!.PathAndQuery;
        var certificate = $"/certificates/{People.CertificateId}";
        if (path.StartsWith("/status-changes", StringComparison.Ordinal))
            return IsLogDown ? new HttpResponseMessage(HttpStatusCode.InternalServerError) : Json(Log(path));
        if (path == "/one-time-code/redeem")
            return Redeem((await request.Content!.ReadFromJsonAsync<JsonObject>())!);
        if (path == certificate)
            return Json(Facts());
        if (path == certificate + "/suspend" || path == certificate + "/revoke")
            return await ChangeAsync(request, path.EndsWith("/revoke", StringComparison.Ordinal));
        return null;
    }

    private async Task<HttpResponseMessage> ChangeAsync(HttpRequestMessage request, bool isRevoke)
    {
        var state = isRevoke ? "revoked" : "suspended";
        if (State == "revoked" && !isRevoke)
            return Json(new JsonObject { ["error"] = "certificate_revoked" }, HttpStatusCode.Conflict);
        var body = await request.Content!.ReadFromJsonAsync<JsonObject>();
        Reasons.Add(body!["reason"]!.GetValue<string>());
        if (State != state)
            await ChangeAsync(state);
        return new HttpResponseMessage(HttpStatusCode.NoContent);
    }

    private HttpResponseMessage Redeem(JsonObject body)
    {
        var (code, spender) = (body["code"]!.GetValue<string>(), body["spender"]!.GetValue<string>());
        lock (_codes)
        {
            var error = !_codes.TryGetValue(code, out var by) ? "code_unknown"
                : by is null ? "code_lapsed"
                : by != "" && by != spender ? "code_spent" : null;
            if (error is not null)
                return Json(new JsonObject { ["error"] = error }, HttpStatusCode.Conflict);
            _codes[code] = spender;
        }
        return Json(Facts());
    }

    private JsonObject Log(string path)
    {
        lock (_changes)
        {
            var after = path.Split("after=") is [_, var number] ? int.Parse(number) : _changes.Count;
            var page = _changes.Skip(after).Take(2).Select(change => change.DeepClone());
            return new JsonObject { ["last"] = _changes.Count, ["changes"] = new JsonArray([.. page]) };
        }
    }

    private JsonObject Facts() => new()
    {
        ["certificate_id"] = People.CertificateId, ["subject"] = People.Subject, ["state"] = State,
        ["division"] = "130000", ["insured_place"] = People.InsuredPlace, ["insutype"] = "310",
        ["assurance_level"] = 2, ["issuer_suite"] = "SM2SM3", ["holder_suite"] = "ES256",
        ["issued_at"] = 1_790_000_000, ["expires_at"] = 1_820_000_000, ["updated_at"] = 1_790_000_100,
        ["masked_name"] = "**华",
    };

    private static HttpResponseMessage Json(JsonObject body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = JsonContent.Create(body) };
}
