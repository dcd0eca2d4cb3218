using Ecert.Gateway.Bills;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel.Refusals;
using Ecert.V1;

namespace Ecert.Gateway.Tests.Bills;

public sealed class ListBillersTests
{
    private static readonly RegisteredBiller[] Billers =
    [
        new("WATER", "水务", "Water", "water", "130100", "户号", "[0-9]+"),
        new("GAS", "燃气", "Gas", "gas", "130200", "户号", "[0-9]+"),
        new("POWER", "国网", "Power", "electricity", "130100", "户号", "[0-9]{10}"),
    ];

    [Fact]
    public async Task Billers_come_in_order_page_by_page()
    {
        await using var gateway = await TestGateway.StartAsync(options => options with { Billers = Billers });
        var verb = gateway.Get<ListBillers>();

        var first = verb.Run(new ListBillersRequest { PageSize = 2 });
        var second = verb.Run(new ListBillersRequest { PageSize = 2, PageToken = first.NextPageToken });

        Assert.Equal(["GAS", "POWER"], first.Billers.Select(biller => biller.BillerId));
        Assert.Equal(["WATER"], second.Billers.Select(biller => biller.BillerId));
        Assert.Empty(second.NextPageToken);
    }

    [Fact]
    public async Task Place_and_kind_narrow_the_list()
    {
        await using var gateway = await TestGateway.StartAsync(options => options with { Billers = Billers });
        var verb = gateway.Get<ListBillers>();

        Assert.Equal(["POWER", "WATER"],
            verb.Run(new ListBillersRequest { Division = "130100" }).Billers.Select(biller => biller.BillerId));
        Assert.Equal(["POWER"], verb.Run(new ListBillersRequest { Division = "130100", Kind = BillKind.Electricity })
            .Billers.Select(biller => biller.BillerId));
    }

    [Fact]
    public async Task Faults_are_named_all_at_once()
    {
        await using var gateway = await TestGateway.StartAsync();

        var refusal = await TestGateway.RefusalOfAsync(() => Task.Run(
            () => gateway.Get<ListBillers>().Run(new ListBillersRequest { PageSize = 101, Kind = (BillKind)99 })));

        Assert.Equal(["page_size", "kind"], refusal.Violations.Select(one => one.Field));
    }
}
