using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ecert.Certificates;
using Ecert.Certificates.Suites;
using Ecert.Kernel;
using Ecert.Standalone.Composition;
using Ecert.Standalone.Seed;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Ecert.Standalone.Journey.Actors;

/// <summary>
/// A payment app and the citizen who uses it: activates a certificate by OAuth (pushed request, PKCE, DPoP) and fetches
/// it with a proof of the holder's key, over the same addresses a real app would use.
/// </summary>
internal sealed class PaymentApp(RunningSystem system, SandboxUser sandbox, string clientId)
{
    private static readonly JsonWebTokenHandler Tokens = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly HttpClient _identity = system.Chain.HttpClientAs(null);
    private readonly ECDsa _deviceKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly SigningCredentials _clientKey = ClientKey(system.Chain.OAuthClients[clientId]);

    /// <summary>The whole of activation, from the app's button to the certificate in the wallet.</summary>
    /// <param name="citizen">Who activates.</param>
    /// <param name="openId">The app's own id of this user.</param>
    /// <param name="ct">Cancels it.</param>
    public async Task<Wallet> ActivateAsync(Citizen citizen, string openId, CancellationToken ct)
    {
        var verifier = Base64UrlEncoder.Encode(RandomSource.System.Bytes(32));
        var requestUri = await PushAsync(citizen, openId, verifier, ct);
        using var browser = new Browser(system);
        var code =
            await browser.ActivateAsync(clientId, requestUri, await sandbox.CaptureFaceAsync(citizen, ct), citizen, ct);
        var (accessToken, refreshToken) = await RedeemAsync(code, verifier, ct);
        var holderKey = SignatureSuite.Es256.GenerateKey();
        var certificate = await FetchAsync(accessToken, holderKey, ct);
        return new Wallet(system.Clock, openId, certificate, holderKey, new DPoPToken(accessToken, refreshToken, this));
    }

    /// <summary>A DPoP proof (RFC 9449) by the app's device key.</summary>
    /// <param name="address">The address called, without query.</param>
    /// <param name="accessToken">The token it goes with, if any.</param>
    public string Prove(string address, string? accessToken)
    {
        var claims = new Dictionary<string, object>
        {
            ["jti"] = RandomSource.System.NewId(system.Clock.GetUtcNow()), ["htm"] = "POST", ["htu"] = address,
            ["iat"] = Now(),
        };
        if (accessToken is not null)
            claims["ath"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)));
        return Sign(claims, new SigningCredentials(new ECDsaSecurityKey(_deviceKey), "ES256"), "dpop+jwt", _deviceKey);
    }

    /// <summary>A fresh token for an old one: the refresh token is used up by it.</summary>
    public async Task<(string AccessToken, string RefreshToken)> RefreshAsync(
        string refreshToken, CancellationToken ct) =>
        await TokenAsync(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken }, ct);

    private async Task<string> PushAsync(Citizen citizen, string openId, string verifier, CancellationToken ct)
    {
        var form = Authenticated(new()
        {
            ["response_type"] = "code",
            ["redirect_uri"] = Merchants.RedirectUri(clientId),
            ["scope"] = string.Join(' ', Merchants.CitizenScopes),
            ["state"] = RandomSource.System.NewId(system.Clock.GetUtcNow()),
            ["code_challenge"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))),
            ["code_challenge_method"] = "S256",
            ["ui_locales"] = "zh",
            ["user_statement"] = StatementOf(citizen, openId),
        });
        var json = await PostAsync("/connect/par", form, null, ct);
        return json.GetProperty("request_uri").GetString()!;
    }

    private async Task<(string AccessToken, string RefreshToken)> RedeemAsync(
        string code, string verifier, CancellationToken ct) =>
        await TokenAsync(new()
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = Merchants.RedirectUri(clientId),
            ["code_verifier"] = verifier,
        }, ct);

    private async Task<(string, string)> TokenAsync(Dictionary<string, string> form, CancellationToken ct)
    {
        var proof = Prove(Address("/connect/token"), null);
        var json = await PostAsync("/connect/token", Authenticated(form), proof, ct);
        return (json.GetProperty("access_token").GetString()!, json.GetProperty("refresh_token").GetString()!);
    }

    private async Task<SignedCertificate> FetchAsync(string accessToken, SigningKey holderKey, CancellationToken ct)
    {
        using var answer = await _identity.PostAsync(Address("/nonce"), null, ct);
        var nonce = (await answer.Content.ReadFromJsonAsync<JsonElement>(ct)).GetProperty("c_nonce").GetString()!;
        var proof = await WalletProof.CreateAsync(holderKey, Issuer, clientId, nonce, Now(), ct);
        using var request = new HttpRequestMessage(HttpMethod.Post, Address("/credential"))
        {
            Content = JsonContent.Create(new
            {
                credential_configuration_id = "health-insurance-ecert", proofs = new { jwt = new[] { proof } },
            }),
        };
        request.Headers.TryAddWithoutValidation("Authorization", $"DPoP {accessToken}");
        request.Headers.TryAddWithoutValidation("DPoP", Prove(Address("/credential"), accessToken));
        var json = await SendAsync(request, ct);
        var bytes =
            Base64UrlEncoder.DecodeBytes(json.GetProperty("credentials")[0].GetProperty("credential").GetString());
        return SignedCertificate.TryRead(bytes, out var certificate, out var fault)
            ? certificate
            : throw new JourneyFailedException($"The issued certificate does not read at {fault}.");
    }

    private string StatementOf(Citizen citizen, string openId) => Sign(new()
    {
        ["iss"] = clientId, ["aud"] = Issuer, ["iat"] = Now(), ["exp"] = Now() + 120, ["jti"] = Id(), ["sub"] = openId,
        ["name"] = citizen.Name, ["document_kind"] = "resident_id", ["document_number"] = citizen.DocumentNumber,
        ["assurance_level"] = 2,
    }, _clientKey, "user-statement+jwt", null);

    private Dictionary<string, string> Authenticated(Dictionary<string, string> form)
    {
        form["client_id"] = clientId;
        form["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
        form["client_assertion"] = Sign(new()
        {
            ["iss"] = clientId, ["sub"] = clientId, ["aud"] = Issuer, ["iat"] = Now(), ["exp"] = Now() + 60,
            ["jti"] = Id(),
        }, _clientKey, "JWT", null);
        return form;
    }

    private async Task<JsonElement> PostAsync(
        string path, Dictionary<string, string> form, string? proof, CancellationToken ct)
    {
        using var request =
            new HttpRequestMessage(HttpMethod.Post, Address(path)) { Content = new FormUrlEncodedContent(form) };
        if (proof is not null)
            request.Headers.TryAddWithoutValidation("DPoP", proof);
        return await SendAsync(request, ct);
    }

    private async Task<JsonElement> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        using var answer = await _identity.SendAsync(request, ct);
        if (!answer.IsSuccessStatusCode)
            throw new JourneyFailedException(
                $"{request.RequestUri!.AbsolutePath} answered {(int)answer.StatusCode}: "
                    + $"{await answer.Content.ReadAsStringAsync(ct)}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
    }

    private static string Sign(Dictionary<string, object> claims, SigningCredentials key, string type, ECDsa? shown)
    {
        var header = new Dictionary<string, object> { ["typ"] = type };
        if (shown is not null)
        {
            var point = shown.ExportParameters(false).Q;
            header["jwk"] = new Dictionary<string, object>
            {
                ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64UrlEncoder.Encode(point.X),
                ["y"] = Base64UrlEncoder.Encode(point.Y),
            };
        }
        return Tokens.CreateToken(JsonSerializer.Serialize(claims), key, header);
    }

    private static SigningCredentials ClientKey(string jwk) => new(JsonWebKey.Create(jwk), "ES256");

    private string Issuer => system.Addresses.Identity.ToString().TrimEnd('/');

    private string Address(string path) => Issuer + path;

    private string Id() => RandomSource.System.NewId(system.Clock.GetUtcNow());

    private long Now() => system.Clock.GetUtcNow().ToUnixTimeSeconds();
}
