using System.Text;
using System.Text.Json.Nodes;

namespace Ecert.Sandbox.Alipay;

/// <summary><c>alipay.open.app.alipaycert.download</c>: Alipay's certificate by its number.</summary>
internal sealed class CertificateMethods(AlipayOptions options, AlipaySignature signature)
{
    public JsonObject Download(AlipayCall call) =>
        call.Business.Required("alipay_cert_sn", 64) == signature.CertificateNumber
            ? new JsonObject
            {
                ["alipay_cert_content"] = Convert.ToBase64String(Encoding.ASCII.GetBytes(options.CertificatePem)),
            }
            : throw AlipayError.Business("isv.alipay-cert-not-exist", "证书不存在").Thrown();
}
