using System.Text.Json.Nodes;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.Alipay;

/// <summary><c>alipay.user.agreement.query</c> and <c>unsign</c>.</summary>
internal sealed class AgreementMethods(AgreementBooks agreements)
{
    public JsonObject Query(AlipayCall call)
    {
        var agreement = Wanted(call);
        if (agreement.EndedAt is not null)
            throw AlipayError.AgreementEnded.Thrown();
        var node = new JsonObject
        {
            ["agreement_no"] = agreement.Number,
            ["status"] = "NORMAL",
            ["principal_type"] = "CARD",
            ["principal_id"] = agreement.UserId,
            ["personal_product_code"] = agreement.ProductCode,
            ["sign_scene"] = agreement.SignScene,
            ["sign_time"] = agreement.SignedAt.Plain(),
            ["valid_time"] = agreement.SignedAt.Plain(),
            ["invalid_time"] = "2115-02-01 00:00:00",
        };
        if (agreement.ExternalNumber is { } external)
            node["external_agreement_no"] = external;
        return node;
    }

    public JsonObject Unsign(AlipayCall call) => agreements.End(Wanted(call).Number)
        ? []
        : throw AlipayError.Business("USER_AGREEMENT_STATUS_NOT_NORMAL", "用户协议状态非正常").Thrown();

    private Agreement Wanted(AlipayCall call)
    {
        var number = call.Business.Optional("agreement_no", 64);
        var external = call.Business.Optional("external_agreement_no", 32);
        if (number is null && external is null)
            throw AlipayError.Parameter("agreement_no", "和external_agreement_no不能同时为空").Thrown();
        return agreements.Find(agreement => agreement.AppId == call.App.AppId
                && (number is null ? agreement.ExternalNumber == external : agreement.Number == number))
            ?? throw AlipayError.NoSuchAgreement.Thrown();
    }
}
