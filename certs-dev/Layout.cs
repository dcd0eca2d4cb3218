namespace Ecert.CertsDev;

/// <summary>
/// Where everything lies below the folder. A certificate is <c>path.crt</c> with <c>path.key</c> beside it.
/// </summary>
internal static class Layout
{
    /// <summary>Grows when what is made changes: an older folder is then made again.</summary>
    internal const int Version = 1;

    internal const string Manifest = "manifest.json";
    internal const string Root = "trust/root";
    internal const string TrustListSigner = "trust/trust-list-signer";
    internal const string TlsAuthority = "tls/ca";
    internal const string TlsRevocations = "tls/ca.crl";
    internal const string GatewayClient = "tls/clients/gateway";
    internal const string WeChatPayAuthority = "channels/wechat-pay/ca";
    internal const string WeChatPayMerchant = "channels/wechat-pay/merchant";
    internal const string WeChatPayPlatform = "channels/wechat-pay/platform";
    internal const string WeChatPayApiV3Key = "channels/wechat-pay/api-v3.secret";
    internal const string AlipayRoot = "channels/alipay/root";
    internal const string AlipayApp = "channels/alipay/app";
    internal const string AlipayPlatform = "channels/alipay/platform";
    internal const string RealName = "counterparts/real-name";

    internal static string ProvinceAuthority(string division) => $"trust/{division}/ca";

    internal static string DocumentSigner(string division) => $"trust/{division}/document-signer";

    internal static string Server(string name) => $"tls/servers/{name}";

    internal static string Institution(string code) => $"tls/clients/{code}";

    internal static string Sample(string name) => $"tls/samples/{name}";

    internal static string OAuthClient(string id) => $"oauth-clients/{id}.jwk";

    internal static string ProvinceCore(string division) => $"counterparts/{division}";

    internal static string SharedSecret(string counterpart) => $"{counterpart}/shared.secret";

    internal static string OurSm2Key(string counterpart) => $"{counterpart}/ours-sm2.key";

    internal static string TheirSm2Key(string counterpart) => $"{counterpart}/theirs-sm2.key";
}
