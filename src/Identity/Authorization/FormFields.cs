using Microsoft.Extensions.Primitives;

namespace Ecert.Identity.Authorization;

/// <summary>
/// The parameters of a form post, each at most once (RFC 6749 §3.1); an empty one counts as not sent.
/// </summary>
internal sealed class FormFields
{
    private readonly Dictionary<string, string> _values;

    private FormFields(Dictionary<string, string> values) => _values = values;

    /// <summary>The value, or null.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Reads the form of a request.</summary>
    public static async Task<(FormFields? Form, OAuthError? Error)> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (!request.HasFormContentType
            || request.ContentType?.StartsWith("multipart", StringComparison.OrdinalIgnoreCase) is true)
            return (null, OAuthError.InvalidRequest("The body must be application/x-www-form-urlencoded."));
        try
        {
            var form = await request.ReadFormAsync(ct);
            return Once(form);
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or BadHttpRequestException)
        {
            return (null, OAuthError.InvalidRequest("The body is not a readable form, or too large."));
        }
    }

    private static (FormFields?, OAuthError?) Once(IEnumerable<KeyValuePair<string, StringValues>> fields)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, sent) in fields)
        {
            if (sent.Count > 1)
                return (null, OAuthError.InvalidRequest("A parameter was sent more than once."));
            if (sent[0] is { Length: > 0 } value)
                values[name] = value;
        }
        return (new FormFields(values), null);
    }
}
