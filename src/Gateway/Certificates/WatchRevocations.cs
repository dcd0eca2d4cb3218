using System.Globalization;
using Ecert.Gateway.Edge;
using Ecert.Kernel.Identifiers;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Ecert.Gateway.Certificates;

/// <summary>
/// Every change of a certificate's state, each once and in order, from where the caller left off: the token is the
/// change's number in the issuer's log, which never forgets, so that any replica can go on with it.
/// </summary>
internal sealed class WatchRevocations(CertificateRegistry registry, StatusChangeFeed feed)
{
    public async Task RunAsync(
        WatchRevocationsRequest request, IServerStreamWriter<WatchRevocationsResponse> responses, CancellationToken ct)
    {
        Check(request);
        var last = await registry.LastChangeAsync(ct);
        var at = request.ResumeToken.Length == 0 ? last : ReadToken(request.ResumeToken, last);
        while (true)
        {
            var news = feed.News;
            var changes = await registry.ChangesAfterAsync(at, ct);
            foreach (var change in changes)
            {
                if (request.IssuerDivision.Length == 0 || change.IssuerDivision == request.IssuerDivision)
                    await responses.WriteAsync(ToMessage(change), ct);
                at = change.Number;
            }
            if (changes.Count == 0)
                await news.WaitAsync(ct);
        }
    }

    private static void Check(WatchRevocationsRequest request) => new RequestChecks()
        .Require(request.IssuerDivision.Length == 0 || DivisionCode.TryParse(request.IssuerDivision, out _),
            "issuer_division", "six digits of a division, or empty")
        .ThrowIfAny();

    private static long ReadToken(string token, long last) =>
        long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= last
            ? number
            : throw RefusalCatalogue.ResumeTokenInvalid.AsRefusal().ToException();

    private static WatchRevocationsResponse ToMessage(StatusChange change) => new()
    {
        ResumeToken = change.Number.ToString(CultureInfo.InvariantCulture),
        CertificateId = change.CertificateId, State = change.State, IssuerDivision = change.IssuerDivision,
        StatusListUri = change.StatusListUri, StatusListIndex = change.StatusListIndex,
        ChangeTime = change.At.ToTimestamp(),
    };
}
