using System.Text.Json.Serialization;

namespace Ecert.Adapters.Channels.WeChatPay;

// What travels to and from WeChat Pay, named as the API names it (snake case). Members the adapter does not need are
// left out; unknown ones are tolerated, as the API's rules demand.

internal sealed record PrepayRequest(
    string Appid, string Mchid, string Description, string OutTradeNo, string TimeExpire, string NotifyUrl,
    AmountWire Amount, PayerWire? Payer);

internal sealed record PayerWire(string Openid);

internal sealed record AmountWire(long? Total, string? Currency);

internal sealed record PrepayAnswer(string? PrepayId, string? CodeUrl);

internal sealed record CloseRequest(string Mchid);

internal sealed record TransactionWire(
    string? Appid, string? Mchid, string? OutTradeNo, string? TransactionId, string? TradeState, string? TradeStateDesc,
    string? SuccessTime, AmountWire? Amount);

internal sealed record RefundRequest(
    string OutTradeNo, string OutRefundNo, string Reason, string NotifyUrl, RefundAmountWire Amount);

internal sealed record RefundAmountWire(long? Refund, long? Total, string? Currency);

/// <summary>
/// A refund as the API answers it (<c>status</c>) and as it is notified (<c>refund_status</c>, <c>mchid</c>).
/// </summary>
internal sealed record RefundWire(
    string? Mchid, string? RefundId, string? OutRefundNo, string? OutTradeNo, string? Status, string? RefundStatus,
    string? SuccessTime, RefundAmountWire? Amount);

internal sealed record ErrorWire(string? Code, string? Message);

internal sealed record BillWire(string? HashType, string? HashValue, string? DownloadUrl);

internal sealed record CertificatesWire(IReadOnlyList<CertificateWire>? Data);

internal sealed record CertificateWire(string? SerialNo, SealedWire? EncryptCertificate);

internal sealed record NotificationWire(string? Id, string? EventType, string? ResourceType, SealedWire? Resource);

internal sealed record SealedWire(string? Algorithm, string? Nonce, string? AssociatedData, string? Ciphertext);

/// <summary>The parameters of <c>wx.requestPayment</c>, as the payer's mini-program passes them on.</summary>
internal sealed record JsapiPayment(
    [property: JsonPropertyName("appId")] string AppId,
    [property: JsonPropertyName("timeStamp")] string TimeStamp,
    [property: JsonPropertyName("nonceStr")] string NonceStr,
    [property: JsonPropertyName("package")] string Package,
    [property: JsonPropertyName("signType")] string SignType,
    [property: JsonPropertyName("paySign")] string PaySign);
