using System.Text;
using System.Text.Json.Nodes;
using Ecert.Kernel;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.WeChatPay;

/// <summary><c>GET /v3/certificates</c>: the platform's certificates, sealed under the merchant's APIv3 key.</summary>
internal sealed class CertificateVerbs(PlatformKeys keys, RandomSource random)
{
    public WeChatPayAnswer List(WeChatPayCall call)
    {
        if ((string?)call.Query["algorithm_type"] is not (null or "RSA" or "ALL"))
            throw WeChatPayError.Parameter("query", "algorithm_type", "仅支持 RSA、ALL").Thrown();
        var certificates = keys.All.Where(key => key.Certificate is not null).Select(key => (JsonNode)new JsonObject
        {
            ["serial_no"] = key.Serial,
            ["effective_time"] = new DateTimeOffset(key.Certificate!.NotBefore).Rfc3339(),
            ["expire_time"] = new DateTimeOffset(key.Certificate.NotAfter).Rfc3339(),
            ["encrypt_certificate"] = ResourceCipher.Seal(
                call.Merchant.ApiV3Key, "certificate", Encoding.ASCII.GetBytes(key.CertificatePem!), random),
        });
        return new WeChatPayAnswer.Ok(new JsonObject { ["data"] = new JsonArray([.. certificates]) });
    }
}
