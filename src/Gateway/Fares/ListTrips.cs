using Ecert.Gateway.Edge;
using Ecert.Gateway.Payments;
using Ecert.Gateway.Persons;
using Ecert.Gateway.Storage;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Fares;

/// <summary>A rider's trips, newest first: all of them to the rider, an operator's own to the operator.</summary>
internal sealed class ListTrips(
    IDbContextFactory<GatewayDb> databases, InsuredPersons persons, GatewayOptions options, TimeProvider clock)
{
    private const int DefaultPage = 50;
    private const int LargestPage = 500;

    public async Task<ListTripsResponse> RunAsync(ListTripsRequest request, Caller caller, CancellationToken ct)
    {
        new RequestChecks()
            .RequireText(request.CertificateId, "certificate_id", 64)
            .Require(Enum.IsDefined(request.State), "state", "one of the contract's values, or unset")
            .Require(request.PageSize >= 0, "page_size", "not negative")
            .Require(request.PageToken.Length is 0 or 26, "page_token", "a next_page_token as it was given")
            .ThrowIfAny();
        var size = request.PageSize == 0 ? DefaultPage : Math.Min(request.PageSize, LargestPage);
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await (await VisibleAsync(db, request.CertificateId, caller, ct))
            // Trip ids sort by the time of the entry.
            .Where(row => request.PageToken == "" || row.Id.CompareTo(request.PageToken) < 0)
            .OrderByDescending(row => row.Id).Take(size + 1).ToListAsync(ct);
        var page = rows.Take(size).ToList();
        var response = new ListTripsResponse { NextPageToken = rows.Count > size ? page[^1].Id : "" };
        response.Trips.AddRange((await ToMessagesAsync(db, page, ct))
            .Where(trip => request.State == TripState.Unspecified || trip.State == request.State));
        return response;
    }

    private async Task<IQueryable<TripRow>> VisibleAsync(
        GatewayDb db, string certificateId, Caller caller, CancellationToken ct)
    {
        var trips = db.Set<TripRow>().AsNoTracking().Where(row => row.CertificateId == certificateId);
        if (caller is Caller.Institution institution)
            return trips.Where(row => row.OperatorId == institution.Id.Value);
        var subject = ((Caller.Citizen)caller).Subject.Value;
        var person = await persons.LoadAsync(subject, ct);
        return person.CertificateId == certificateId
            ? trips.Where(row => row.Subject == subject)
            : throw RefusalCatalogue.CertificateNotFound.AsRefusal().ToException();
    }

    private async Task<IEnumerable<Trip>> ToMessagesAsync(GatewayDb db, List<TripRow> page, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var numbers = page.Where(row => row.ExitOperationId is not null).Select(row => row.ExitOperationId!).ToList();
        var payments = await db.Set<PaymentRow>().AsNoTracking().Where(payment => numbers.Contains(payment.Id))
            .ToDictionaryAsync(payment => payment.Id, payment => payment.State, ct);
        return page.Select(row => TripMessages.ToMessage(row, StateOf(row), IsOverdue(row)));

        Payments.PaymentState? StateOf(TripRow row) =>
            row.ExitOperationId is { } number && payments.TryGetValue(number, out var state) ? state : null;

        bool IsOverdue(TripRow row) => options.FareNetworks.Any(
            network => network.OperatorId == row.OperatorId && now - row.EntryAt > network.LongestStay);
    }
}
