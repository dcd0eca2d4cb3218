namespace Ecert.Sandbox.Alipay;

/// <summary>An error as the gateway answers it.</summary>
/// <param name="Code">The gateway code: 20000, 40001, 40002, 40004, …</param>
/// <param name="SubCode"><c>sub_code</c>, spelt as Alipay spells it.</param>
/// <param name="SubMessage"><c>sub_msg</c>.</param>
internal sealed record AlipayError(string Code, string SubCode, string SubMessage)
{
    public static readonly AlipayError Unavailable = new("20000", "isp.unknow-error", "系统繁忙");
    public static readonly AlipayError InvalidSignature = new("40002", "isv.invalid-signature", "无效签名");
    public static readonly AlipayError TradeNotExist = Business("ACQ.TRADE_NOT_EXIST", "交易不存在");
    public static readonly AlipayError HasSuccess = Business("ACQ.TRADE_HAS_SUCCESS", "交易已被支付");
    public static readonly AlipayError HasClosed = Business("ACQ.TRADE_HAS_CLOSE", "交易已经关闭");
    public static readonly AlipayError Inconsistent = Business("ACQ.CONTEXT_INCONSISTENT", "交易信息被篡改");
    public static readonly AlipayError StatusError = Business("ACQ.TRADE_STATUS_ERROR", "交易状态不合法");
    public static readonly AlipayError CancelTooLate = Business("ACQ.TRADE_CANCEL_TIME_OUT", "超过撤销时间范围");
    public static readonly AlipayError NotRefundable = Business("ACQ.TRADE_NOT_ALLOW_REFUND", "当前交易不允许退款");
    public static readonly AlipayError RefundTooMuch = Business("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL", "退款金额超限");
    public static readonly AlipayError RefundDiffers = Business("ACQ.DISCORDANT_REPEAT_REQUEST", "请求信息不一致");
    public static readonly AlipayError AgreementNotExist = Business("ACQ.AGREEMENT_NOT_EXIST", "用户协议不存在");
    public static readonly AlipayError AgreementNotNormal = Business(
        "ACQ.AGREEMENT_STATUS_NOT_NORMAL", "用户协议状态非NORMAL");
    public static readonly AlipayError PaymentCodeInvalid = Business("ACQ.PAYMENT_AUTH_CODE_INVALID", "支付授权码无效");
    public static readonly AlipayError NoSuchAgreement = Business("USER_AGREEMENT_NOT_EXIST", "用户协议不存在");
    public static readonly AlipayError AgreementEnded = Business("AGREEMENT_HAS_UNSIGNED", "用户协议已解约");
    public static readonly AlipayError BillNotExist = Business("BILL_NOT_EXIST", "账单不存在");
    public static readonly AlipayError BillKindUnknown = Business("TYPE_NOT_SUPPORTED", "账单类型不支持");
    public static readonly AlipayError BillArguments = Business("INVAILID_ARGUMENTS", "入参不合法");

    /// <summary><c>msg</c>, which follows from the code.</summary>
    public string Message => Code switch
    {
        "20000" => "Service Currently Unavailable",
        "40001" => "Missing Required Arguments",
        "40002" => "Invalid Arguments",
        "40006" => "Insufficient Permissions",
        _ => "Business Failed",
    };

    /// <summary>A failure of the business kind, 40004.</summary>
    public static AlipayError Business(string subCode, string subMessage) => new("40004", subCode, subMessage);

    /// <summary>A system parameter that is not there, 40001.</summary>
    public static AlipayError Missing(string subCode) => new("40001", subCode, "缺少参数");

    /// <summary>A system parameter at fault, 40002.</summary>
    public static AlipayError Invalid(string subCode) => new("40002", subCode, "无效参数");

    /// <summary>A business parameter at fault.</summary>
    public static AlipayError Parameter(string name, string issue) =>
        Business("ACQ.INVALID_PARAMETER", $"参数无效：{name}{issue}");

    /// <summary>The exception that carries this error to the gateway.</summary>
    public AlipayRefusedException Thrown() => new(this);
}

/// <summary>Carries an error from a method to the gateway.</summary>
internal sealed class AlipayRefusedException(AlipayError error) : Exception(error.SubCode)
{
    public AlipayError Error { get; } = error;
}
