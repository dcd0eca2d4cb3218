using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.RealName;

/// <summary>The text both sides sign.</summary>
internal static class Envelope
{
    private static readonly string[] NotSigned = ["signData", "encData", "extra"];

    /// <summary>
    /// Top-level members except <c>signData</c>, <c>encData</c> and <c>extra</c>, with <c>data</c> as plaintext, in
    /// ASCII
    /// order as <c>k=v</c> joined by <c>&amp;</c>, then <c>&amp;key=</c> and the secret. Empty and null members are
    /// left out.
    /// </summary>
    public static byte[] SignedText(JsonObject envelope, JsonObject? data, string appSecret)
    {
        var members = envelope
            .Where(member => !NotSigned.Contains(member.Key) && member.Key != "data")
            .Select(member => (member.Key, Value: Written(member.Value)))
            .Append((Key: "data", Value: data is null ? "" : Canonical.Text(Texts(data)!)))
            .Where(member => member.Value.Length > 0)
            .OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => $"{member.Key}={member.Value}");
        return Encoding.UTF8.GetBytes($"{string.Join('&', members)}&key={appSecret}");
    }

    private static string Written(JsonNode? node) => node switch
    {
        null => "",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => Json.Text(node),
    };

    // Numbers and booleans are signed as strings; null, empty text and empty arrays are not signed.
    private static JsonNode? Texts(JsonNode? node) => node switch
    {
        JsonObject json => new JsonObject(json
            .Select(member => KeyValuePair.Create(member.Key, Texts(member.Value)))
            .Where(member => !IsEmpty(member.Value))),
        JsonArray array => new JsonArray([.. array.Select(Texts)]),
        JsonValue value when value.GetValueKind() != JsonValueKind.String => value.ToJsonString(),
        _ => node?.DeepClone(),
    };

    private static bool IsEmpty(JsonNode? node) => node is null or JsonArray { Count: 0 }
        || (node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length == 0);
}
