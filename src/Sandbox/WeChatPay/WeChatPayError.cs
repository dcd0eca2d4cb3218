using System.Text.Json.Nodes;

namespace Ecert.Sandbox.WeChatPay;

/// <summary>An error as API v3 answers it.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code"><c>code</c>.</param>
/// <param name="Message"><c>message</c>, in Chinese as the real server writes it.</param>
/// <param name="Number">The numeric code that ends <c>Request-ID</c>.</param>
internal sealed record WeChatPayError(int Status, string Code, string Message, long Number)
{
    public static readonly WeChatPayError SystemError = new(500, "SYSTEM_ERROR", "系统异常，请稍后重试", 268435457);
    public static readonly WeChatPayError NotJson = new(400, "PARAM_ERROR", "请求体不是合法的 JSON 对象", 268435461);
    public static readonly WeChatPayError NoAuthority = new(403, "NO_AUTH", "商户号与签名的商户号不一致", 268447843);
    public static readonly WeChatPayError AppIdNotBound = new(
        400, "APPID_MCHID_NOT_MATCH", "appid和mch_id不匹配", 268445527);
    public static readonly WeChatPayError OrderNotExist = new(404, "ORDER_NOT_EXIST", "订单不存在", 268512771);
    public static readonly WeChatPayError OrderPaid = new(400, "ORDERPAID", "该订单已支付", 268498689);
    public static readonly WeChatPayError OrderPaidNotClosable = new(400, "ORDERPAID", "该订单已支付，不能关闭", 268449538);
    public static readonly WeChatPayError OrderClosed = new(400, "ORDER_CLOSED", "该订单已关闭", 268447914);
    public static readonly WeChatPayError OtherParameters = new(
        400, "INVALID_REQUEST", "请求重入时，参数与首次请求时不一致", 268498688);
    public static readonly WeChatPayError NumberUsed = new(403, "OUT_TRADE_NO_USED", "商户订单号重复", 268498688);
    public static readonly WeChatPayError NothingToRefund = new(404, "RESOURCE_NOT_EXISTS", "订单不存在或未支付", 268512771);
    public static readonly WeChatPayError RefundNotExist = new(404, "RESOURCE_NOT_EXISTS", "退款单不存在", 268512771);
    public static readonly WeChatPayError RefundDiffers = new(
        400, "INVALID_REQUEST", "订单金额或退款金额与之前请求不一致，请核实后再试", 268435464);
    public static readonly WeChatPayError RefundTooMuch = new(
        400, "INVALID_REQUEST", "累计退款金额大于可退金额", 268435464);
    public static readonly WeChatPayError RefundTooLate = new(400, "INVALID_REQUEST", "订单已超过可退款期限", 268435464);
    public static readonly WeChatPayError RefundTooMany = new(400, "INVALID_REQUEST", "超过最大退款次数", 268435464);
    public static readonly WeChatPayError NoStatement = new(400, "NO_STATEMENT_EXIST", "账单文件不存在", 268435464);

    /// <summary><c>detail</c>; null for none. A function, because a JSON node can hang in one tree only.</summary>
    public Func<JsonObject>? Detail { get; init; }

    /// <summary>A parameter is at fault.</summary>
    /// <param name="location"><c>body</c>, <c>query</c> or <c>uri_template</c>.</param>
    /// <param name="field">The member's path, such as <c>amount/total</c>.</param>
    /// <param name="issue">What is wrong with it.</param>
    public static WeChatPayError Parameter(string location, string field, string issue) =>
        new(400, "PARAM_ERROR", $"输入源“/{location}/{field}”{issue}", 268435461)
        {
            Detail = () => new JsonObject
            {
                ["field"] = $"/{location}/{field}",
                ["location"] = location,
                ["issue"] = issue,
            },
        };

    /// <summary>The exception that carries this error to the door.</summary>
    public WeChatPayRefusedException Thrown() => new(this);
}

/// <summary>Carries an error from a verb to the door.</summary>
internal sealed class WeChatPayRefusedException(WeChatPayError error) : Exception(error.Message)
{
    public WeChatPayError Error { get; } = error;
}
