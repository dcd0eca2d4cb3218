using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ecert.Sandbox.Wire;

/// <summary>Reads JSON without trusting it, and writes it with Chinese characters as they are.</summary>
internal static class Json
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    private static readonly JsonSerializerOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// The object in the text; null when it is not one, names a member twice, or holds a broken text.
    /// </summary>
    public static JsonObject? ParseObject(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return HasWholeTexts(utf8) ? JsonNode.Parse(utf8, documentOptions: Strict) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // An escaped half of a surrogate pair parses, but throws only when the text is read: found out here instead.
    private static bool HasWholeTexts(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                    reader.GetString();
            }
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Compact UTF-8.</summary>
    public static byte[] Bytes(JsonNode node) => JsonSerializer.SerializeToUtf8Bytes(node, Relaxed);

    /// <summary>Compact text.</summary>
    public static string Text(JsonNode node) => node.ToJsonString(Relaxed);

    /// <summary>A member that is a JSON string; null when absent or of another kind.</summary>
    public static string? Text(this JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>A member that is a whole JSON number; null when absent, fractional or of another kind.</summary>
    public static long? Whole(this JsonObject json, string name) =>
        json[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number
            && value.TryGetValue<long>(out var number) ? number : null;

    /// <summary>A string or number member as it is written; null when absent or of another kind.</summary>
    public static string? Written(this JsonObject json, string name) => json[name] switch
    {
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => value.ToJsonString(),
        _ => null,
    };

    /// <summary>A member that is an object.</summary>
    public static JsonObject? Child(this JsonObject json, string name) => json[name] as JsonObject;
}
