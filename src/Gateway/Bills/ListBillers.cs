using Ecert.Gateway.Edge;
using Ecert.V1;

namespace Ecert.Gateway.Bills;

/// <summary>The billers whose bills are collected here.</summary>
internal sealed class ListBillers(GatewayOptions options)
{
    private const int LargestPage = 100;

    public ListBillersResponse Run(ListBillersRequest request)
    {
        new RequestChecks()
            .Require(request.PageSize is >= 0 and <= LargestPage, "page_size", $"0 (the default) to {LargestPage}")
            .Require(Enum.IsDefined(request.Kind), "kind", "one of the contract's values")
            .ThrowIfAny();
        var size = request.PageSize == 0 ? LargestPage : request.PageSize;
        var fitting = options.Billers
            .Where(biller => request.Division.Length == 0 || biller.Division == request.Division)
            .Where(biller => request.Kind == BillKind.Unspecified || KindOf(biller.Category) == request.Kind)
            .Where(biller => string.CompareOrdinal(biller.Id, request.PageToken) > 0)
            .OrderBy(biller => biller.Id, StringComparer.Ordinal).Take(size + 1).ToList();
        var response = new ListBillersResponse { NextPageToken = fitting.Count > size ? fitting[size - 1].Id : "" };
        response.Billers.AddRange(fitting.Take(size).Select(biller => new Biller
        {
            BillerId = biller.Id, NameZh = biller.NameZh, NameEn = biller.NameEn, Kind = KindOf(biller.Category),
            Division = biller.Division, AccountLabelZh = biller.AccountLabelZh, AccountPattern = biller.AccountPattern,
        }));
        return response;
    }

    private static BillKind KindOf(string category) => category switch
    {
        "electricity" => BillKind.Electricity,
        "water" => BillKind.Water,
        "gas" => BillKind.Gas,
        "traffic-fine" => BillKind.TrafficFine,
        _ => BillKind.Other,
    };
}
