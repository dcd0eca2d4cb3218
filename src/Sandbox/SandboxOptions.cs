using Ecert.Sandbox.Alipay;
using Ecert.Sandbox.Billers;
using Ecert.Sandbox.ProvincialCore;
using Ecert.Sandbox.RealName;
using Ecert.Sandbox.WeChatPay;

namespace Ecert.Sandbox;

/// <summary>Which counterparts stand in, where they listen, and the keys and parties they know.</summary>
public sealed record SandboxOptions
{
    /// <summary>
    /// Where to listen; plain HTTP. Port 0 takes a free one (read <c>WebApplication.Urls</c> after start).
    /// </summary>
    public IReadOnlyList<string> Urls { get; init; } = ["http://127.0.0.1:0"];

    /// <summary>WeChat Pay API v3 under <c>/wechatpay</c>; null leaves it out.</summary>
    public WeChatPayOptions? WeChatPay { get; init; }

    /// <summary>Alipay Open Platform, <c>/alipay/gateway.do</c>; null leaves it out.</summary>
    public AlipayOptions? Alipay { get; init; }

    /// <summary>Billers under <c>/billers/{CompanyId}/agency</c>.</summary>
    public IReadOnlyList<BillerOptions> Billers { get; init; } = [];

    /// <summary>Provincial cores under <c>/provinces/{Division}</c>.</summary>
    public IReadOnlyList<ProvincialCoreOptions> ProvincialCores { get; init; } = [];

    /// <summary>The real-name authority under <c>/realname</c>; null leaves it out.</summary>
    public RealNameOptions? RealName { get; init; }

    /// <summary>
    /// A root certificate (PEM) that receivers of callbacks may chain to besides the machine's own trust; null for
    /// none.
    /// </summary>
    public string? CallbackRootCertificatePem { get; init; }
}
