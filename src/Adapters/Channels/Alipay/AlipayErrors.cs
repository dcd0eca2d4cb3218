using System.Collections.Frozen;

namespace Ecert.Adapters.Channels.Alipay;

/// <summary>What a business failure means for the money.</summary>
internal enum AlipayMeaning
{
    /// <summary>Nobody can say: ask, or repeat with the same number.</summary>
    Unknown,

    /// <summary>Done, as far as the call goes: read the answer.</summary>
    Done,

    /// <summary>The payer still has to act.</summary>
    Waiting,

    /// <summary>Alipay does not know the number.</summary>
    NotFound,

    /// <summary>Refused for good.</summary>
    Refused,

    /// <summary>The trade is in a state that the query tells.</summary>
    AskState,
}

/// <summary>
/// The one table of codes, with every spelling in use, the misspelt ones included. What is not in it is unknown.
/// </summary>
internal static class AlipayErrors
{
    private static readonly FrozenDictionary<string, AlipayMeaning> SubCodes = new Dictionary<string, AlipayMeaning>
    {
        ["ACQ.SYSTEM_ERROR"] = AlipayMeaning.Unknown,
        ["AQC.SYSTEM_ERROR"] = AlipayMeaning.Unknown,
        ["SYSTEM_ERROR"] = AlipayMeaning.Unknown,
        ["UNKNOWN_ERROR"] = AlipayMeaning.Unknown,
        ["isp.unknow-error"] = AlipayMeaning.Unknown,
        ["isp.unknown-error"] = AlipayMeaning.Unknown,
        ["aop.unknow-error"] = AlipayMeaning.Unknown,
        ["aop.ACQ.SYSTEM_ERROR"] = AlipayMeaning.Unknown,
        ["ACQ.TRADE_NOT_EXIST"] = AlipayMeaning.NotFound,
        ["TRADE_NOT_EXIST"] = AlipayMeaning.NotFound,
        ["ACQ.TRADE_HAS_SUCCESS"] = AlipayMeaning.AskState,
        ["ACQ.TRADE_HAS_CLOSE"] = AlipayMeaning.AskState,
        ["ACQ.TRADE_HAS_FINISHED"] = AlipayMeaning.AskState,
        ["ACQ.TRADE_STATUS_ERROR"] = AlipayMeaning.AskState,
        ["ACQ.REASON_TRADE_STATUS_INVALID"] = AlipayMeaning.AskState,
        ["ACQ.REASON_ILLEGAL_STATUS"] = AlipayMeaning.AskState,
        ["ACQ.TRADE_CANCEL_TIME_OUT"] = AlipayMeaning.AskState,
        ["ACQ.CANCEL_NOT_ALLOWED"] = AlipayMeaning.AskState,
        // The same out_request_no with another amount: an earlier refund has the number.
        ["ACQ.DISCORDANT_REPEAT_REQUEST"] = AlipayMeaning.AskState,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> RefusedCodes = FrozenSet.Create(
        "ACQ.INVALID_PARAMETER",
        "ACQ.CONTEXT_INCONSISTENT",
        "ACQ.TRADE_BUYER_NOT_MATCH",
        "ACQ.TOTAL_FEE_EXCEED",
        "ACQ.BUYER_BALANCE_NOT_ENOUGH",
        "ACQ.BUYER_BANKCARD_BALANCE_NOT_ENOUGH",
        "ACQ.NO_PAYMENT_INSTRUMENTS_AVAILABLE",
        "ACQ.PAYMENT_AUTH_CODE_INVALID",
        "ACQ.PAYMENT_FAIL",
        "ACQ.PAYMENT_REQUEST_HAS_RISK",
        "ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR",
        "ACQ.AGREEMENT_NOT_EXIST",
        "ACQ.AGREEMENT_INVALID",
        "ACQ.AGREEMENT_STATUS_NOT_NORMAL",
        "ACQ.AGREEMENT_ERROR",
        "ACQ.OVER_MAX_DEDUCT_COUNT",
        "ACQ.OVER_MERCHANT_DAILY_DEDUCT_AMOUNT",
        "ACQ.CYCLE_PAY_DATE_NOT_MATCH",
        "ACQ.CYCLE_PAY_SINGLE_FEE_EXCEED",
        "ACQ.CYCLE_PAY_TOTAL_FEE_EXCEED",
        "ACQ.CYCLE_PAY_TOTAL_TIMES_EXCEED",
        "ACQ.USER_FACE_PAYMENT_SWITCH_OFF",
        "ACQ.SMILE_PAY_MERCHANT_NOT_MATCH",
        "ACQ.ENTERPRISE_PAY_BIZ_ERROR",
        "ACQ.SELLER_BALANCE_NOT_ENOUGH",
        "ACQ.REASON_TRADE_BEEN_FREEZEN",
        "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL",
        "ACQ.TRADE_NOT_ALLOW_REFUND",
        "ACQ.REASON_TRADE_REFUND_FEE_ERR");

    private static readonly FrozenSet<string> NoBillCodes = FrozenSet.Create(
        "NO_BILL_DATA", "BILL_NOT_EXIST", "isp.bill_not_exist", "isp.no_bill_data");

    public static AlipayMeaning Meaning(AlipayResult result) => result.Code switch
    {
        "10000" => AlipayMeaning.Done,
        "10003" => AlipayMeaning.Waiting,
        "40004" => SubCodes.TryGetValue(result.SubCode ?? "", out var meaning)
            ? meaning
            : RefusedCodes.Contains(result.SubCode ?? "") ? AlipayMeaning.Refused : AlipayMeaning.Unknown,
        // 20000: unavailable. 20001, 40001, 40002, 40006: our access or our request is at fault, which says nothing
        // about what an earlier attempt with the same number did.
        _ => AlipayMeaning.Unknown,
    };

    public static bool IsNoBill(AlipayResult result) => NoBillCodes.Contains(result.SubCode ?? "");
}
