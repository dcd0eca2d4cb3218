using Ecert.Gateway.Certificates;
using Ecert.Gateway.Edge;
using Ecert.Kernel.Refusals;
using Ecert.V1;

namespace Ecert.Gateway.Persons;

/// <summary>Who a voucher stands for: so far an <c>ecToken</c>; cards and bare documents are refused by name.</summary>
internal sealed class Vouchers(EcTokens tokens)
{
    /// <summary>The person behind the voucher.</summary>
    /// <param name="voucher">The voucher of a request.</param>
    /// <param name="field">The request's field that holds it.</param>
    /// <param name="institution">Who presents it.</param>
    /// <param name="ct">Cancels the look-up.</param>
    public Task<InsuredPerson> RedeemAsync(
        Voucher? voucher, string field, Caller.Institution institution, CancellationToken ct)
    {
        new RequestChecks()
            .Require(voucher is { KindCase: not Voucher.KindOneofCase.None }, field, "required")
            .Require(voucher is null or { KindCase: Voucher.KindOneofCase.None or Voucher.KindOneofCase.EcToken },
                field,
                "only ec_token is offered so far")
            .ThrowIfAny();
        return tokens.RedeemAsync(voucher!.EcToken, institution, ct);
    }
}
