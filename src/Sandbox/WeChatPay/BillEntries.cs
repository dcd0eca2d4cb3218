using Ecert.Sandbox.Faults;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.WeChatPay;

/// <summary>What bills are written from: the books, with any planted differences worked in.</summary>
internal sealed class BillEntries(WeChatPayBooks books, PlantedDifferences differences)
{
    private static readonly Uri Nowhere = new("https://invalid.example/");

    /// <summary>The orders of a merchant as its bill shows them.</summary>
    public IEnumerable<WeChatOrder> Of(WeChatMerchant merchant) => differences.Apply(
        "wechatpay", books.All().Where(order => order.MerchantId == merchant.MerchantId),
        order => order.Request.Number, planted => Invent(merchant, planted), Change);

    private static WeChatOrder Invent(WeChatMerchant merchant, PlantedDifference planted) => new()
    {
        Request = new OrderRequest(
            merchant.MerchantId, planted.Number, "NATIVE", merchant.AppIds[0], "未知订单", null, planted.Fen, Nowhere,
            null, null, ""),
        PrepayId = "",
        CodeUrl = "",
        TokenMadeAt = planted.At,
        ClosesAt = planted.At,
        State = OrderState.Paid,
        TransactionId = $"4200009999{planted.At.Digits()}0000",
        PaidAt = planted.At,
        PayerOpenId = "oUnknown",
    };

    private static WeChatOrder Change(WeChatOrder order, PlantedDifference planted) =>
        planted.Kind == DifferenceKind.Amount
            ? order with { Request = order.Request with { TotalFen = planted.Fen } }
            : order with { Refunds = [.. order.Refunds, Whole(order, planted)] };

    private static WeChatRefund Whole(WeChatOrder order, PlantedDifference planted) => new(
        $"{order.Request.Number}R", $"50300000000{planted.At.Digits()}0000", order.Request.TotalFen - order.RefundedFen,
        null, null, planted.At, planted.At, "");
}
