using Ecert.Kernel.Refusals;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace Ecert.Gateway.Edge;

/// <summary>A refusal as the contract carries it: status, ErrorInfo, and BadRequest where input is at fault.</summary>
internal static class RefusalStatusMapping
{
    /// <summary>The <c>domain</c> of every ErrorInfo.</summary>
    public const string ErrorDomain = "ecert";

    // Field 1 of ErrorInfo was renamed between versions of its package, from type to reason; its number is the
    // contract.
    private static readonly FieldDescriptor Reason = ErrorInfo.Descriptor.FindFieldByNumber(1);

    public static RpcException ToRpcException(Refusal refusal)
    {
        var status = new Google.Rpc.Status { Code = (int)refusal.Reason.Status, Message = refusal.Message };
        var info = new ErrorInfo { Domain = ErrorDomain };
        Reason.Accessor.SetValue(info, refusal.Reason.Code);
        status.Details.Add(Any.Pack(info));
        if (refusal.Violations.Count > 0)
        {
            var badRequest = new BadRequest();
            badRequest.FieldViolations.AddRange(refusal.Violations.Select(violation =>
                new BadRequest.Types.FieldViolation { Field = violation.Field, Description = violation.Description }));
            status.Details.Add(Any.Pack(badRequest));
        }
        return status.ToRpcException();
    }
}
