using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Ecert.Identity.Tests.Support;

/// <summary>
/// JWTs as other people's programs make them: written from the specification, apart from the product's code.
/// </summary>
internal static class TestJwt
{
    internal static string Sign(ECDsa key, object header, object payload)
    {
        var signed = $"{Part(header)}.{Part(payload)}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    internal static string Unsigned(object payload) => $"{Part(new { alg = "none", typ = "JWT" })}.{Part(payload)}.";

    /// <summary>Key confusion: an HMAC over the public key, passed off as a signature.</summary>
    internal static string SignedWithPublicKey(ECDsa key, object payload)
    {
        var signed = $"{Part(new { alg = "HS256", typ = "JWT" })}.{Part(payload)}";
        var mac = HMACSHA256.HashData(key.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(signed));
        return $"{signed}.{Base64Url.EncodeToString(mac)}";
    }

    internal static Dictionary<string, string> PublicJwk(ECDsa key)
    {
        var point = key.ExportParameters(false).Q;
        return new()
        {
            ["crv"] = "P-256",
            ["kty"] = "EC",
            ["x"] = Base64Url.EncodeToString(point.X),
            ["y"] = Base64Url.EncodeToString(point.Y),
        };
    }

    internal static string Thumbprint(ECDsa key) =>
        Base64Url.EncodeToString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(PublicJwk(key))));

    internal static string Hash(string text) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(text)));

    internal static JsonElement Payload(string compact) =>
        JsonDocument.Parse(Base64Url.DecodeFromChars(compact.Split('.')[1])).RootElement.Clone();

    private static string Part(object part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
