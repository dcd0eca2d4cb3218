namespace Ecert.Standalone.Seed;

/// <summary>The numbers we are known by at our counterparts.</summary>
internal static class Merchants
{
    public const string WeChatMerchantId = "1900000109";
    public const string WeChatAppId = "wxd678efh567hg6787";
    public const string AlipayAppId = "2021000000000001";
    public const string AlipaySellerId = "2088000000000001";
    public const string AgencyId = "ECERTGATEWAY";
    public const string ElectricityCompany = "electricity";
    public const string CoreCallerId = "ecert-gateway";
    public const string RealNameAppId = "ECERTIDENTITY0001";

    /// <summary>What a citizen's app may ask for.</summary>
    public static IReadOnlyList<string> CitizenScopes { get; } =
        ["certificate", "certificates", "eligibility", "payments", "fares", "bills"];

    /// <summary>The payment apps as a citizen knows them.</summary>
    public static IReadOnlyDictionary<string, string> AppNames { get; } = new Dictionary<string, string>
    {
        ["wechat"] = "微信 WeChat", ["alipay"] = "支付宝 Alipay", ["app"] = "国家医保服务平台 National app",
    };

    /// <summary>Where an app takes its users back.</summary>
    public static string RedirectUri(string app) => $"https://{app}.example/activated";
}
