using System.Text.Json;
using Ecert.Identity.Activation;
using Ecert.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Identity.Subjects;

/// <summary>
/// <c>POST /subjects/{subject}/pin</c>: is this the citizen's PIN? For the gateway alone. Five wrong ones in a row lock
/// it for a day, or until the citizen activates again and shows their face.
/// </summary>
internal sealed class PinCheck(
    IDbContextFactory<IdentityDatabase> databases, Pins pins, TimeProvider clock, ILogger<PinCheck> log)
{
    private const int MostFailures = 5;
    private static readonly TimeSpan Lock = TimeSpan.FromDays(1);

    /// <summary>Routes the check.</summary>
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/subjects/{subject}/pin", CheckAsync).AddEndpointFilter<ForGatewayOnly>();

    private async Task<IResult> CheckAsync(HttpContext context, string subject, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (await ReadPinAsync(context, ct) is not { } pin)
            return TypedResults.BadRequest(new { error = "invalid_request" });
        await using var database = await databases.CreateDbContextAsync(ct);
        var citizens = database.Citizens.Where(row => row.SubjectId == subject);
        var now = clock.GetUtcNow();
        await citizens.Where(row => row.PinLockedUntil != null && row.PinLockedUntil <= now).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.PinFailures, 0).SetProperty(row => row.PinLockedUntil, _ => null), ct);
        // Counted before it is looked at, so that many at once get no more than five looks.
        var counted = await citizens.Where(row => row.PinFailures < MostFailures)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.PinFailures, row => row.PinFailures + 1), ct);
        var citizen = await citizens.AsNoTracking().SingleOrDefaultAsync(ct);
        if (citizen is null)
            return TypedResults.NotFound();
        if (counted == 0)
            return Locked(citizen.PinLockedUntil);
        if (!pins.IsRight(pin, new PinHash(citizen.PinHash, citizen.PinSalt, citizen.PinRounds)))
            return await WrongAsync(citizens, citizen, ct);
        await citizens.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.PinFailures, 0).SetProperty(row => row.PinLockedUntil, _ => null), ct);
        return TypedResults.Json(new { outcome = "right" });
    }

    private async Task<IResult> WrongAsync(IQueryable<CitizenRow> citizens, CitizenRow citizen, CancellationToken ct)
    {
        var left = MostFailures - citizen.PinFailures;
        if (left > 0)
            return TypedResults.Json(new { outcome = "wrong", attempts_left = left });
        DateTimeOffset? until = clock.GetUtcNow() + Lock;
        await citizens.Where(row => row.PinLockedUntil == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.PinLockedUntil, until), ct);
        log.PinLocked(citizen.SubjectId, until.Value);
        return Locked(until);
    }

    private static IResult Locked(DateTimeOffset? until) =>
        TypedResults.Json(new { outcome = "locked", locked_until = until?.ToUnixTimeSeconds() });

    private static async Task<string?> ReadPinAsync(HttpContext context, CancellationToken ct)
    {
        if (!context.Request.HasJsonContentType())
            return null;
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: ct);
            return body.RootElement.ValueKind == JsonValueKind.Object
                && body.RootElement.TryGetProperty("pin", out var pin) && pin.ValueKind == JsonValueKind.String
                && pin.GetString() is { Length: 6 } digits && digits.All(char.IsAsciiDigit)
                    ? digits
                    : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or BadHttpRequestException)
        {
            return null;
        }
    }
}
