using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Ecert.Certificates;

namespace Ecert.Identity.Tests.Support;

/// <summary>Fetches a certificate by OpenID4VCI.</summary>
internal static class Wallet
{
    internal static async Task<SignedCertificate> FetchAsync(
        TestIdentity identity, PaymentApp app, JsonElement tokens, ECDsa holder)
    {
        var proof = Proof(identity, app, holder, await NonceAsync(identity));
        var answer = await AskAsync(identity, app, tokens, proof);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        var body = await TestIdentity.JsonAsync(answer);
        var encoded = body.GetProperty("credentials")[0].GetProperty("credential").GetString();
        var bytes = Base64Url.DecodeFromChars(encoded);
        Assert.True(SignedCertificate.TryRead(bytes, out var certificate, out var fault), fault);
        return certificate;
    }

    internal static async Task<string> NonceAsync(TestIdentity identity)
    {
        using var client = identity.Client();
        var answer = await client.PostAsync("/nonce", null);
        return (await TestIdentity.JsonAsync(answer)).GetProperty("c_nonce").GetString()!;
    }

    internal static string Proof(
        TestIdentity identity, PaymentApp app, ECDsa holder, string nonce, string? audience = null,
        string type = "openid4vci-proof+jwt") => TestJwt.Sign(
            holder,
            new { typ = type, alg = "ES256", jwk = TestJwt.PublicJwk(holder) },
            new Dictionary<string, object>
            {
                ["iss"] = app.Id,
                ["aud"] = audience ?? identity.Issuer,
                ["iat"] = identity.Clock.GetUtcNow().ToUnixTimeSeconds(),
                ["nonce"] = nonce,
            });

    internal static async Task<HttpResponseMessage> AskAsync(
        TestIdentity identity, PaymentApp app, JsonElement tokens, string proof, ECDsa? dpopKey = null)
    {
        var token = tokens.GetProperty("access_token").GetString()!;
        using var client = identity.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/credential")
        {
            Content = JsonContent.Create(new
            {
                credential_configuration_id = "health-insurance-ecert",
                proofs = new { jwt = new[] { proof } },
            }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("DPoP", token);
        request.Headers.Add("DPoP", app.Proof("POST", "/credential", token, dpopKey));
        return await client.SendAsync(request);
    }
}
