using System.Text.Json.Nodes;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.WeChatPay;

/// <summary>Query and close of an order.</summary>
internal sealed class OrderVerbs(WeChatPayBooks books)
{
    /// <summary><c>GET /v3/pay/transactions/out-trade-no/{out_trade_no}</c>.</summary>
    public WeChatPayAnswer QueryByNumber(WeChatPayCall call)
    {
        call.MustNameTheSigner(call.Query["mchid"]);
        var number = CheckedNumber(call);
        var order = books.Find(call.Merchant.MerchantId, number) ?? throw WeChatPayError.OrderNotExist.Thrown();
        return new WeChatPayAnswer.Ok(Transaction(order));
    }

    /// <summary><c>GET /v3/pay/transactions/id/{transaction_id}</c>.</summary>
    public WeChatPayAnswer QueryById(WeChatPayCall call)
    {
        call.MustNameTheSigner(call.Query["mchid"]);
        var id = call.InPath("transaction_id");
        var order = books.FindByTransaction(call.Merchant.MerchantId, id)
            ?? throw WeChatPayError.OrderNotExist.Thrown();
        return new WeChatPayAnswer.Ok(Transaction(order));
    }

    /// <summary><c>POST /v3/pay/transactions/out-trade-no/{out_trade_no}/close</c>.</summary>
    public WeChatPayAnswer Close(WeChatPayCall call)
    {
        call.MustNameTheSigner(new Parameters(call.Json()).Text("mchid", "商户号", 32));
        books.Close(call.Merchant.MerchantId, CheckedNumber(call));
        return new WeChatPayAnswer.NoContent();
    }

    /// <summary>An order as queries and callbacks show it.</summary>
    public static JsonObject Transaction(WeChatOrder order)
    {
        var json = new JsonObject
        {
            ["appid"] = order.Request.AppId,
            ["mchid"] = order.MerchantId,
            ["out_trade_no"] = order.Request.Number,
            ["trade_state"] = order.StateWord,
            ["trade_state_desc"] = Describe(order.StateWord),
            ["amount"] = new JsonObject { ["total"] = order.Request.TotalFen, ["currency"] = "CNY" },
            ["promotion_detail"] = new JsonArray(),
        };
        if (order.Request.Attach is { } attach)
            json["attach"] = attach;
        if (order.State != OrderState.Paid)
            return json;
        json["transaction_id"] = order.TransactionId;
        json["trade_type"] = order.Request.TradeType;
        json["bank_type"] = "OTHERS";
        json["success_time"] = order.PaidAt!.Value.Rfc3339();
        json["payer"] = new JsonObject { ["openid"] = order.PayerOpenId };
        json["amount"]!["payer_total"] = order.Request.TotalFen;
        json["amount"]!["payer_currency"] = "CNY";
        return json;
    }

    private static string CheckedNumber(WeChatPayCall call)
    {
        var number = call.InPath("out_trade_no");
        Parameters.CheckLength("uri_template", "out_trade_no", "商户订单号", number, 6, 32);
        return number;
    }

    private static string Describe(string state) => state switch
    {
        "SUCCESS" => "支付成功",
        "REFUND" => "转入退款",
        "CLOSED" => "订单已关闭",
        _ => "订单未支付",
    };
}
