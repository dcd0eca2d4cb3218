using Ecert.Adapters.Ports;
using Ecert.Gateway.Reconciliation;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel;
using Ecert.Kernel.Refusals;
using Ecert.V1;

namespace Ecert.Gateway.Tests.Reconciliation;

public sealed class ListDifferencesTests
{
    [Fact]
    public async Task Differences_come_page_by_page_and_by_kind()
    {
        await using var gateway = await TestGateway.StartAsync();
        for (var number = 1; number <= 3; number++)
            gateway.WeChatBill.Lines.Add(new StatementLine($"N{number}", "1", new Money(number), "SUCCESS"));
        gateway.Clock.Advance(TimeSpan.FromDays(1));
        await gateway.Get<GetDailyStatement>().RunAsync(
            new GetDailyStatementRequest { BusinessDate = "2026-11-02", Counterpart = WeChat }, CancellationToken.None);

        var first = await ListAsync(gateway, new ListDifferencesRequest { PageSize = 2 });
        var second = await ListAsync(gateway, new ListDifferencesRequest { PageSize = 2,
            PageToken = first.NextPageToken });
        var none = await ListAsync(gateway, new ListDifferencesRequest { Kind = DifferenceKind.OursOnly });

        Assert.Equal((2, 1, ""), (first.Differences.Count, second.Differences.Count, second.NextPageToken));
        Assert.Equal(["N1", "N2", "N3"],
            first.Differences.Concat(second.Differences).Select(one => one.OurNumber).Order(StringComparer.Ordinal));
        Assert.Empty(none.Differences);
    }

    [Fact]
    public async Task Page_out_of_bounds_is_refused()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Clock.Advance(TimeSpan.FromDays(1));

        await TestGateway.RefusedAsync(RefusalCatalogue.InvalidRequest,
            () => ListAsync(gateway, new ListDifferencesRequest { PageSize = 1_001 }));
    }

    private static Counterpart WeChat => new() { Kind = CounterpartKind.Channel, Code = "WECHAT_PAY" };

    private static Task<ListDifferencesResponse> ListAsync(TestGateway gateway, ListDifferencesRequest request)
    {
        (request.BusinessDate, request.Counterpart) = ("2026-11-02", WeChat);
        return gateway.Get<ListDifferences>().RunAsync(request, CancellationToken.None);
    }
}
