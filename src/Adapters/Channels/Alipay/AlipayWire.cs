namespace Ecert.Adapters.Channels.Alipay;

// What travels to and from the gateway, named as it names it (snake case). Amounts are yuan with two decimals.

internal sealed record TradeRequest(
    string OutTradeNo, string TotalAmount, string Subject, string? TimeExpire, string? ProductCode, string? OpAppId,
    string? BuyerId, string? BuyerOpenId, AgreementParams? AgreementParams);

internal sealed record AgreementParams(string AgreementNo);

internal sealed record OrderRequest(string OutTradeNo);

internal sealed record TradeRefundRequest(
    string OutTradeNo, string OutRequestNo, string RefundAmount, string RefundReason);

internal sealed record RefundQueryRequest(string OutTradeNo, string OutRequestNo, IReadOnlyList<string> QueryOptions);

internal sealed record RenewedCertificateRequest(string AlipayCertSn);

internal sealed record RenewedCertificateAnswer(string? AlipayCertContent);

internal sealed record BillRequest(string BillType, string BillDate);

internal sealed record BillAnswer(string? BillDownloadUrl, string? BillFileCode);

internal sealed record TradeAnswer(
    string? OutTradeNo, string? TradeNo, string? QrCode, string? TradeStatus, string? TotalAmount, string? SendPayDate,
    string? GmtPayment);

internal sealed record CancelAnswer(string? OutTradeNo, string? RetryFlag, string? Action);

internal sealed record RefundAnswer(string? OutTradeNo, string? TradeNo, string? FundChange);

internal sealed record RefundQueryAnswer(
    string? OutTradeNo, string? TradeNo, string? OutRequestNo, string? RefundAmount, string? RefundStatus,
    string? GmtRefundPay);
