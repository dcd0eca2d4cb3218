using System.Text.Json;

namespace Ecert.Identity.Authorization.Jwt;

/// <summary>Reads a JSON object strictly: a member of another type than asked for counts as missing.</summary>
internal readonly record struct Claims(JsonElement Object)
{
    public string? Text(string name) => Member(name, JsonValueKind.String)?.GetString();

    public long? Integer(string name) =>
        Member(name, JsonValueKind.Number) is { } value && value.TryGetInt64(out var number) ? number : null;

    /// <summary>A NumericDate (RFC 7519 §2) in whole seconds.</summary>
    public DateTimeOffset? Time(string name) => Integer(name) is >= 0 and <= 253402300799 and var seconds
        ? DateTimeOffset.FromUnixTimeSeconds(seconds)
        : null;

    public Claims? Inner(string name) => Member(name, JsonValueKind.Object) is { } value ? new Claims(value) : null;

    /// <summary>True where <c>aud</c> is this one audience, as a string or as an array that holds it.</summary>
    public bool IsFor(string audience) => Object.TryGetProperty("aud", out var value) && value.ValueKind switch
    {
        JsonValueKind.String => value.ValueEquals(audience),
        JsonValueKind.Array => value.EnumerateArray().Any(one =>
            one.ValueKind == JsonValueKind.String && one.ValueEquals(audience)),
        _ => false,
    };

    private JsonElement? Member(string name, JsonValueKind kind) =>
        Object.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;
}
