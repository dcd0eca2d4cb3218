using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Ecert.Gateway.Tests.Support;

/// <summary>JWTs written by hand (RFC 7515), so that none of the gateway's own reading is in them.</summary>
internal sealed class Jwt : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public JsonObject PublicJwk
    {
        get
        {
            var q = _key.ExportParameters(false).Q;
            return new JsonObject
            {
                ["crv"] = "P-256", ["kty"] = "EC", ["x"] = Base64Url.EncodeToString(q.X),
                    ["y"] = Base64Url.EncodeToString(q.Y),
            };
        }
    }

    /// <summary>RFC 7638: SHA-256 over the required members in lexical order.</summary>
    public string Thumbprint => Hash(PublicJwk.ToJsonString());

    public string Sign(JsonObject header, JsonObject payload)
    {
        var input = $"{Encode(header)}.{Encode(payload)}";
        var signature = _key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256);
        return $"{input}.{Base64Url.EncodeToString(signature)}";
    }

    public static string Hash(string text) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(text)));

    public void Dispose() => _key.Dispose();

    private static string Encode(JsonObject json) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
