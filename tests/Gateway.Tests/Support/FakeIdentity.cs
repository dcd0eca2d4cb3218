using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Ecert.Certificates.Status;
using Ecert.Certificates.Tests;

namespace Ecert.Gateway.Tests.Support;

/// <summary>
/// The issuer's side of the wire: what it serves by address. Lists are signed with the nation's own keys; nothing
/// else answers.
/// </summary>
internal sealed class FakeIdentity : HttpMessageHandler
{
    public const string Issuer = "https://identity.example";
    private readonly ConcurrentDictionary<string, byte[]> _served = new();

    /// <summary>True while the issuer cannot be reached at all.</summary>
    public bool IsDown { get; set; }

    /// <summary>What answers before the served files do; null passes on to them.</summary>
    public Func<HttpRequestMessage, Task<HttpResponseMessage?>> OnRequest { get; set; } =
        _ => Task.FromResult<HttpResponseMessage?>(null);

    public ConcurrentQueue<string> Asked { get; } = new();

    public void Serve(string path, byte[] body) => _served[Issuer + path] = body;

    public void Serve(string path, JsonNode body) =>
        Serve(path, System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()));

    public void Forget(string path) => _served.TryRemove(Issuer + path, out _);

    /// <summary>
    /// Publishes the nation's trust list and its status lists 0 to 3, the tests' certificate standing as given.
    /// </summary>
    public async Task PublishAsync(TestNation nation, CertificateStatus status = CertificateStatus.Valid)
    {
        Serve("/trust-list", await nation.SignedTrustListAsync(nation.Entry()));
        for (var number = 0; number < 4; number++)
        {
            var array = new StatusArray(20_000) { [12345] = status };
            Serve($"/status-lists/130000/{number}", await nation.Issuer.SignStatusListAsync(
                new Uri($"{TestNation.StatusLists}/{number}"), array, TestNation.Now.AddHours(-1),
                    TestNation.Now.AddDays(30),
                TimeSpan.FromHours(1), CancellationToken.None));
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request,
        CancellationToken cancellationToken)
    {
        var address = request.RequestUri!.AbsoluteUri;
        Asked.Enqueue(address);
        if (IsDown)
            throw new HttpRequestException("The issuer cannot be reached.");
        if (await OnRequest(request) is { } answer)
            return answer;
        return _served.TryGetValue(address, out var body)
            ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(body) }
            : new HttpResponseMessage(HttpStatusCode.NotFound);
    }
}
