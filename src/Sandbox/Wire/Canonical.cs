using System.Text.Json.Nodes;

namespace Ecert.Sandbox.Wire;

/// <summary>JSON with members sorted by name at every level: equal content gives equal text.</summary>
internal static class Canonical
{
    /// <summary>The canonical text.</summary>
    public static string Text(JsonNode node) => Json.Text(Sort(node)!);

    private static JsonNode? Sort(JsonNode? node) => node switch
    {
        JsonObject json => new JsonObject(json
            .OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Sort(member.Value)))),
        JsonArray array => new JsonArray([.. array.Select(Sort)]),
        _ => node?.DeepClone(),
    };
}
