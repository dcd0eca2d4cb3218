using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ecert.Adapters;

/// <summary>
/// JSON as the counterparts write it: snake case, absent rather than null. Writing makes the bytes once, so that what
/// is signed is what is sent; reading never throws, because an answer that cannot be read is an unknown outcome.
/// </summary>
internal static class WireJson
{
    public static readonly JsonSerializerOptions SnakeCase = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Member names as the properties are spelt.</summary>
    public static readonly JsonSerializerOptions AsSpelt = new(SnakeCase) { PropertyNamingPolicy = null };

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, SnakeCase);

    public static bool TryRead<T>(ReadOnlySpan<byte> json, [NotNullWhen(true)] out T? value) where T : class =>
        TryRead(json, SnakeCase, out value);

    public static bool TryRead<T>(
        ReadOnlySpan<byte> json, JsonSerializerOptions options, [NotNullWhen(true)] out T? value) where T : class
    {
        try
        {
            value = JsonSerializer.Deserialize<T>(json, options);
        }
        catch (JsonException)
        {
            value = null;
        }
        return value is not null;
    }
}
