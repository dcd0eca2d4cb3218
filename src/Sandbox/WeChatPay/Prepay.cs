using System.Text.Json.Nodes;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.WeChatPay;

/// <summary><c>POST /v3/pay/transactions/{jsapi|native|app|h5}</c>: places an order.</summary>
internal sealed class Prepay(WeChatPayBooks books, TimeProvider clock)
{
    public WeChatPayAnswer Jsapi(WeChatPayCall call) => new WeChatPayAnswer.Ok(new JsonObject
    {
        ["prepay_id"] = Place(call, "JSAPI").PrepayId,
    });

    public WeChatPayAnswer App(WeChatPayCall call) => new WeChatPayAnswer.Ok(new JsonObject
    {
        ["prepay_id"] = Place(call, "APP").PrepayId,
    });

    public WeChatPayAnswer Native(WeChatPayCall call) => new WeChatPayAnswer.Ok(new JsonObject
    {
        ["code_url"] = Place(call, "NATIVE").CodeUrl,
    });

    public WeChatPayAnswer H5(WeChatPayCall call)
    {
        var prepayId = Place(call, "MWEB").PrepayId;
        var url = $"https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id={prepayId}&package=1";
        return new WeChatPayAnswer.Ok(new JsonObject { ["h5_url"] = url });
    }

    private WeChatOrder Place(WeChatPayCall call, string tradeType)
    {
        var request = Read(call.Json(), tradeType);
        call.MustNameTheSigner(request.MerchantId);
        if (!call.Merchant.AppIds.Contains(request.AppId))
            throw WeChatPayError.AppIdNotBound.Thrown();
        return books.Place(request);
    }

    private OrderRequest Read(JsonObject json, string tradeType)
    {
        var body = new Parameters(json);
        var appId = body.Text("appid", "公众账号ID", 32);
        var merchantId = body.Text("mchid", "商户号", 32);
        var description = body.Text("description", "商品描述", 127 * 3);
        var number = body.OrderNumber("out_trade_no", "商户订单号");
        var expiresAt = body.OptionalTime("time_expire", "交易结束时间");
        if (expiresAt <= clock.GetUtcNow())
            throw WeChatPayError.Parameter("body", "time_expire", "映射到值字段“交易结束时间”早于当前时间").Thrown();
        var amount = body.Object("amount", "订单金额信息");
        amount.Currency("currency");
        var openId = tradeType == "JSAPI" ? body.Object("payer", "支付者").Text("openid", "用户标识", 128) : null;
        if (tradeType == "MWEB")
            body.Object("scene_info", "场景信息").Text("payer_client_ip", "用户终端IP", 45);
        return new OrderRequest(
            merchantId, number, tradeType, appId, description, body.OptionalText("attach", "附加数据", 128),
            amount.Fen("total", "总金额"), body.Url("notify_url", "通知地址"), openId, expiresAt, Canonical.Text(json));
    }
}
