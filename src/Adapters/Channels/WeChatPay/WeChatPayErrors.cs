using System.Collections.Frozen;

namespace Ecert.Adapters.Channels.WeChatPay;

/// <summary>What an error answer means for the money.</summary>
internal enum ErrorMeaning
{
    /// <summary>Nobody can say: ask, or repeat with the same number.</summary>
    Unknown,

    /// <summary>The channel does not know the number.</summary>
    NotFound,

    /// <summary>Refused for good.</summary>
    Refused,

    /// <summary>The order reached an end before: the query says which.</summary>
    Ended,

    /// <summary>Refused, unless the query shows that the order reached an end before.</summary>
    RefusedUnlessEnded,
}

/// <summary>
/// The one table of error codes, with every spelling in use. What is not in it is unknown: an error answer is unsigned,
/// and no order fails on a word nobody has agreed upon. Faults of access (signature, authority) are unknown too: they
/// say nothing about what an earlier attempt did.
/// </summary>
internal static class WeChatPayErrors
{
    private static readonly FrozenDictionary<string, ErrorMeaning> Meanings = new Dictionary<string, ErrorMeaning>
    {
        ["ORDER_NOT_EXIST"] = ErrorMeaning.NotFound,
        ["ORDER_NOT_EXISTS"] = ErrorMeaning.NotFound,
        ["ORDERNOTEXIST"] = ErrorMeaning.NotFound,
        ["RESOURCE_NOT_EXISTS"] = ErrorMeaning.NotFound,
        ["PARAM_ERROR"] = ErrorMeaning.Refused,
        ["APPID_MCHID_NOT_MATCH"] = ErrorMeaning.Refused,
        ["MCH_NOT_EXISTS"] = ErrorMeaning.Refused,
        ["NOT_ENOUGH"] = ErrorMeaning.Refused,
        ["NOTENOUGH"] = ErrorMeaning.Refused,
        ["USER_ACCOUNT_ABNORMAL"] = ErrorMeaning.Refused,
        ["REQUEST_BLOCKED"] = ErrorMeaning.Refused,
        ["ORDERPAID"] = ErrorMeaning.Ended,
        ["ORDER_PAID"] = ErrorMeaning.Ended,
        ["ORDERCLOSED"] = ErrorMeaning.Ended,
        ["ORDER_CLOSED"] = ErrorMeaning.Ended,
        ["ORDER_REVERSED"] = ErrorMeaning.Ended,
        ["INVALID_REQUEST"] = ErrorMeaning.RefusedUnlessEnded,
        ["OUT_TRADE_NO_USED"] = ErrorMeaning.RefusedUnlessEnded,
        ["RULE_LIMIT"] = ErrorMeaning.RefusedUnlessEnded,
        ["RULELIMIT"] = ErrorMeaning.RefusedUnlessEnded,
        ["TRADE_ERROR"] = ErrorMeaning.RefusedUnlessEnded,
        ["ALREADY_EXISTS"] = ErrorMeaning.RefusedUnlessEnded,
        ["NO_AUTH"] = ErrorMeaning.Unknown,
        ["SIGN_ERROR"] = ErrorMeaning.Unknown,
        ["SYSTEM_ERROR"] = ErrorMeaning.Unknown,
        ["SYSTEMERROR"] = ErrorMeaning.Unknown,
        ["BIZERR_NEED_RETRY"] = ErrorMeaning.Unknown,
        ["FREQUENCY_LIMITED"] = ErrorMeaning.Unknown,
        ["FREQUENCY_LIMIT_EXCEED"] = ErrorMeaning.Unknown,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> NotReadyCodes =
        FrozenSet.Create("NO_STATEMENT_EXIST", "STATEMENT_CREATING");

    /// <summary>The status goes before the code: 401, 429 and every 5xx leave the outcome open.</summary>
    public static ErrorMeaning Meaning(WeChatPayReply.Failed failed) => failed.Status is 401 or 408 or 429 or >= 500
        ? ErrorMeaning.Unknown
        : Meanings.GetValueOrDefault(failed.Code, ErrorMeaning.Unknown);

    public static bool IsStatementNotReady(WeChatPayReply.Failed failed) => NotReadyCodes.Contains(failed.Code);

    public static string Text(WeChatPayReply.Failed failed) => $"HTTP {failed.Status} {failed.Code}: {failed.Message}";
}
