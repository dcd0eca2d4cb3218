using System.Net;
using System.Text.Json;
using Ecert.Kernel.Refusals;

namespace Ecert.Gateway.Certificates;

/// <summary>
/// The issuer's register of certificates, over mTLS with the gateway's own client certificate: facts, changes of state,
/// the log of them, and one-time codes.
/// </summary>
internal sealed class CertificateRegistry(GatewayOptions options, HttpClient identity)
{
    /// <summary>A certificate's facts, or null when the issuer does not know it.</summary>
    /// <exception cref="RefusedException">The issuer could not be asked; so for every verb here.</exception>
    public Task<KnownCertificate?> FindAsync(string id, CancellationToken ct) => AskAsync(
        HttpMethod.Get, $"/certificates/{Uri.EscapeDataString(id)}", null,
        (status, json) => status == HttpStatusCode.NotFound ? null : KnownCertificate.Read(Found(status, json)), ct);

    /// <summary>Suspends; false when it is revoked already.</summary>
    public Task<bool> SuspendAsync(string id, string reason, CancellationToken ct) =>
        ChangeAsync(id, "suspend", reason, ct);

    /// <summary>Revokes for good.</summary>
    public Task<bool> RevokeAsync(string id, string reason, CancellationToken ct) =>
        ChangeAsync(id, "revoke", reason, ct);

    /// <summary>The number of the log's last change.</summary>
    public async Task<long> LastChangeAsync(CancellationToken ct) =>
        await AskAsync(HttpMethod.Get, "/status-changes", null,
            (status, json) => Found(status, json).GetProperty("last").GetInt64(), ct);

    /// <summary>The changes after a number, oldest first: a page of them, none when there are no more.</summary>
    public Task<IReadOnlyList<StatusChange>> ChangesAfterAsync(long number, CancellationToken ct) => AskAsync(
        HttpMethod.Get, $"/status-changes?after={number}", null,
        IReadOnlyList<StatusChange> (status, json) =>
            [.. Found(status, json).GetProperty("changes").EnumerateArray().Select(StatusChange.Read)], ct);

    /// <summary>Spends a one-time code.</summary>
    /// <param name="code">The 28 digits.</param>
    /// <param name="spender">The operation that spends it; asking again under it gives the same answer.</param>
    /// <param name="ct">Cancels the call.</param>
    public Task<CodeOutcome> RedeemAsync(string code, string spender, CancellationToken ct) => AskAsync<CodeOutcome>(
        HttpMethod.Post, "/one-time-code/redeem", new { code, spender },
        (status, json) => status != HttpStatusCode.Conflict
            ? new CodeOutcome.Redeemed(KnownCertificate.Read(Found(status, json)))
            : json.GetProperty("error").GetString() switch
            {
                "code_spent" => new CodeOutcome.Spent(),
                "code_lapsed" => new CodeOutcome.Lapsed(),
                _ => new CodeOutcome.Unknown(),
            },
        ct);

    private Task<bool> ChangeAsync(string id, string verb, string reason, CancellationToken ct) => AskAsync(
        HttpMethod.Post, $"/certificates/{Uri.EscapeDataString(id)}/{verb}", new { reason },
        (status, _) => status switch
        {
            HttpStatusCode.NoContent => true,
            HttpStatusCode.Conflict => false,
            _ => throw new InvalidOperationException($"The issuer answered {status}."),
        },
        ct);

    private async Task<TAnswer> AskAsync<TAnswer>(
        HttpMethod method, string path, object? body, Func<HttpStatusCode, JsonElement, TAnswer> read,
        CancellationToken ct)
    {
        try
        {
            using var request = new HttpRequestMessage(method, options.Issuer.TrimEnd('/') + path);
            if (body is not null)
                request.Content = JsonContent.Create(body);
            using var response = await identity.SendAsync(request, ct);
            var bytes = await response.Content.ReadAsByteArrayAsync(ct);
            using var json = JsonDocument.Parse(bytes.Length == 0 ? "{}"u8.ToArray() : bytes);
            return read(response.StatusCode, json.RootElement);
        }
        catch (Exception exception) when (
            exception is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException
                or FormatException
            || (exception is TaskCanceledException && !ct.IsCancellationRequested))
        {
            throw RefusalCatalogue.CounterpartUnavailable.AsRefusal().ToException();
        }
    }

    private static JsonElement Found(HttpStatusCode status, JsonElement json) => status == HttpStatusCode.OK
        ? json
        : throw new InvalidOperationException($"The issuer answered {status}.");
}

/// <summary>What came of a one-time code.</summary>
internal abstract record CodeOutcome
{
    private CodeOutcome() { }

    /// <summary>It was good, and is spent now.</summary>
    public sealed record Redeemed(KnownCertificate Certificate) : CodeOutcome;

    /// <summary>It was spent before.</summary>
    public sealed record Spent : CodeOutcome;

    /// <summary>Its minute is over, or a newer one took its place.</summary>
    public sealed record Lapsed : CodeOutcome;

    /// <summary>No such code was given lately.</summary>
    public sealed record Unknown : CodeOutcome;
}
