using System.Net.Http.Json;
using System.Text.Json;
using Ecert.Standalone.Composition;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace Ecert.Standalone.Journey.Actors;

/// <summary>
/// An institution's side of the wire: mTLS with its own certificate, and an access token bound to it that is taken anew
/// when the old one is about to end.
/// </summary>
internal sealed class InstitutionClient : IDisposable
{
    private readonly RunningSystem _system;
    private readonly string _code;
    private readonly string _scopes;
    private readonly HttpClient _identity;
    private readonly GrpcChannel _channel;
    private string _token = "";
    private DateTimeOffset _tokenEndsAt;

    public InstitutionClient(RunningSystem system, string code, IEnumerable<string> scopes)
    {
        (_system, _code, _scopes) = (system, code, string.Join(' ', scopes));
        var certificate = system.Chain.Tls.Institutions[code];
        _identity = system.Chain.HttpClientAs(certificate);
        _channel = GrpcChannel.ForAddress(
            system.Addresses.Gateway, new GrpcChannelOptions { HttpHandler = system.Chain.HandlerAs(certificate) });
        Calls = _channel.Intercept(Authorize);
    }

    /// <summary>What the generated clients call through.</summary>
    public CallInvoker Calls { get; }

    /// <summary>The authorization header of the calls.</summary>
    public string Authorization => $"Bearer {_token}";

    /// <summary>Makes sure a token is at hand for the calls to come.</summary>
    public async Task<InstitutionClient> ReadyAsync(CancellationToken ct)
    {
        var now = _system.Clock.GetUtcNow();
        if (_tokenEndsAt > now.AddSeconds(30))
            return this;
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = _code, ["scope"] = _scopes,
        };
        using var answer = await _identity.PostAsync(
            new Uri(_system.Addresses.Identity, "/connect/token"), new FormUrlEncodedContent(form), ct);
        if (!answer.IsSuccessStatusCode)
            throw new JourneyFailedException(
                $"{_code} got no token: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(ct)}");
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
        _token = json.GetProperty("access_token").GetString()!;
        _tokenEndsAt = now.AddSeconds(json.GetProperty("expires_in").GetInt32());
        return this;
    }

    public void Dispose()
    {
        _channel.Dispose();
        _identity.Dispose();
    }

    private Metadata Authorize(Metadata headers)
    {
        headers.Add("authorization", Authorization);
        return headers;
    }
}
