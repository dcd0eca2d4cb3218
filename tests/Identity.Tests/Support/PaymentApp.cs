using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Ecert.Identity.Tests.Support;

/// <summary>A payment app's server as its developers would write it.</summary>
internal sealed class PaymentApp : IDisposable
{
    internal const string Assertion = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private readonly TestIdentity _identity;

    internal PaymentApp(TestIdentity identity, string id, bool nonce)
    {
        _identity = identity;
        Options = new ClientOptions
        {
            ClientId = id,
            ClientName = id + " <app>",
            AllowedGrantTypes = ["authorization_code", "refresh_token"],
            RedirectUris = [$"https://{id}.test/callback", $"https://{id}.test/other"],
            AllowedScopes = ["openid", "certificate", "benefits"],
            JsonWebKeySet = JsonSerializer.Serialize(new { keys = new[] { TestJwt.PublicJwk(Key) } }),
            RequireDPoPNonce = nonce,
        };
    }

    internal ClientOptions Options { get; }
    internal string Id => Options.ClientId;
    internal string RedirectUri => Options.RedirectUris[0];
    internal ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    internal ECDsa DpopKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    internal string Verifier { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
    internal string? Nonce { get; set; }
    private long Now => _identity.Time.GetUtcNow().ToUnixTimeSeconds();

    public void Dispose()
    {
        Key.Dispose();
        DpopKey.Dispose();
    }

    internal Dictionary<string, object> AssertionClaims() => new()
    {
        ["iss"] = Id, ["sub"] = Id, ["aud"] = _identity.Issuer, ["iat"] = Now, ["exp"] = Now + 60, ["jti"] = NewId(),
    };

    internal string NewAssertion() => TestJwt.Sign(Key, new { alg = "ES256", typ = "JWT" }, AssertionClaims());

    internal Dictionary<string, object> StatementClaims(Citizen citizen, string user) => new()
    {
        ["iss"] = Id, ["sub"] = user, ["aud"] = _identity.Issuer, ["iat"] = Now, ["exp"] = Now + 120,
        ["jti"] = NewId(), ["name"] = citizen.Name, ["document_kind"] = "resident_id",
        ["document_number"] = citizen.Number, ["assurance_level"] = 2,
    };

    internal string Statement(Citizen citizen, string user = "openid-1") =>
        TestJwt.Sign(Key, new { alg = "ES256", typ = "user-statement+jwt" }, StatementClaims(citizen, user));

    internal Dictionary<string, string> PushForm(Citizen citizen, string user = "openid-1") => new()
    {
        ["client_id"] = Id,
        ["client_assertion_type"] = Assertion,
        ["client_assertion"] = NewAssertion(),
        ["response_type"] = "code",
        ["redirect_uri"] = RedirectUri,
        ["scope"] = "openid certificate",
        ["state"] = "state & more",
        ["nonce"] = "n-1",
        ["code_challenge"] = TestJwt.Hash(Verifier),
        ["code_challenge_method"] = "S256",
        ["user_statement"] = Statement(citizen, user),
        ["ui_locales"] = "zh-CN",
    };

    internal Dictionary<string, string> CodeForm(string code) => new()
    {
        ["client_id"] = Id,
        ["client_assertion_type"] = Assertion,
        ["client_assertion"] = NewAssertion(),
        ["grant_type"] = "authorization_code",
        ["code"] = code,
        ["redirect_uri"] = RedirectUri,
        ["code_verifier"] = Verifier,
    };

    internal Dictionary<string, string> RefreshForm(string token) => new()
    {
        ["client_id"] = Id,
        ["client_assertion_type"] = Assertion,
        ["client_assertion"] = NewAssertion(),
        ["grant_type"] = "refresh_token",
        ["refresh_token"] = token,
    };

    internal Dictionary<string, string> TokenForm(string token) => new()
    {
        ["client_assertion_type"] = Assertion,
        ["client_assertion"] = NewAssertion(),
        ["token"] = token,
    };

    internal string Proof(string method, string path, string? accessToken = null, ECDsa? key = null, long? at = null)
    {
        key ??= DpopKey;
        var claims = new Dictionary<string, object>
        {
            ["jti"] = NewId(), ["htm"] = method, ["htu"] = _identity.Issuer + path, ["iat"] = at ?? Now,
        };
        if (accessToken is not null)
            claims["ath"] = TestJwt.Hash(accessToken);
        if (Nonce is not null)
            claims["nonce"] = Nonce;
        return TestJwt.Sign(key, new { typ = "dpop+jwt", alg = "ES256", jwk = TestJwt.PublicJwk(key) }, claims);
    }

    internal async Task<HttpResponseMessage> PostAsync(
        string path, Dictionary<string, string> form, string? proof = null)
    {
        using var client = _identity.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        if (proof is not null)
            request.Headers.Add("DPoP", proof);
        return await client.SendAsync(request);
    }

    internal Task<HttpResponseMessage> PushAsync(Dictionary<string, string> form) => PostAsync("/connect/par", form);

    internal async Task<string> PushedAsync(Citizen citizen, string user = "openid-1")
    {
        var pushed = await PushAsync(PushForm(citizen, user));
        Assert.Equal(System.Net.HttpStatusCode.Created, pushed.StatusCode);
        return (await TestIdentity.JsonAsync(pushed)).GetProperty("request_uri").GetString()!;
    }

    internal Task<HttpResponseMessage> TokenAsync(Dictionary<string, string> form, ECDsa? key = null) =>
        PostAsync("/connect/token", form, Proof("POST", "/connect/token", key: key));

    /// <summary>Push, pages, code, tokens: everything up to the access token.</summary>
    internal async Task<JsonElement> ActivatedAsync(Citizen citizen, string user = "openid-1")
    {
        var code = await new Browser(_identity).ActivateAsync(this, citizen, user);
        var answer = await TokenAsync(CodeForm(code));
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        return await TestIdentity.JsonAsync(answer);
    }

    private static string NewId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(12));
}
