namespace Ecert.Standalone.Seed;

/// <summary>The ids our citizens have at the payment apps.</summary>
internal static class SandboxUsers
{
    public const string LiMingWeChat = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o";
    public const string WangFangAlipay = "2088102146225135";
    public const string AlipayBuyer = "2088102146225136";
}
