using Ecert.Gateway.Edge;
using Ecert.Gateway.Storage;
using Ecert.V1;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Payments;

/// <summary>The wallets a citizen bound, oldest first.</summary>
internal sealed class ListWallets(IDbContextFactory<GatewayDb> databases)
{
    private const int LargestPage = 100;

    public async Task<ListWalletsResponse> RunAsync(
        ListWalletsRequest request, Caller.Citizen citizen, CancellationToken ct)
    {
        new RequestChecks()
            .Require(request.PageSize is >= 0 and <= LargestPage, "page_size", $"0 (the default) to {LargestPage}")
            .Require(request.PageToken.Length <= 26, "page_token", "a next_page_token as it was given")
            .ThrowIfAny();
        var size = request.PageSize == 0 ? LargestPage : request.PageSize;
        await using var db = await databases.CreateDbContextAsync(ct);
        // Wallet ids sort by the time they were made.
        var rows = await db.Set<WalletRow>().AsNoTracking()
            .Where(row => row.Subject == citizen.Subject.Value && row.Id.CompareTo(request.PageToken) > 0)
            .OrderBy(row => row.Id).Take(size + 1).ToListAsync(ct);
        var response = new ListWalletsResponse { NextPageToken = rows.Count > size ? rows[size - 1].Id : "" };
        response.Wallets.AddRange(rows.Take(size).Select(BindWallet.ToMessage));
        return response;
    }
}
