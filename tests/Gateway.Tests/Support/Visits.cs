using Ecert.Gateway.Certificates;
using Ecert.Gateway.Edge;
using Ecert.Gateway.Persons;
using Ecert.Gateway.Reimbursement;
using Ecert.Insurance;
using Ecert.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using FeeLine = Ecert.V1.FeeLine;

namespace Ecert.Gateway.Tests.Support;

/// <summary>
/// A visit of the insured person to the hospital, step by step. The standard bill is 20 × 30.00 of a class A drug:
/// 500.00 of
/// deductible, 60 % of the rest (60.00) by the fund, 300.00 by the account where it may be used, the rest in cash.
/// </summary>
internal static class Visits
{
    public const string Drug = "XC09AAK021A001010100001";
    public const string FundAccount = "fund/130100/310100";
    public const string HospitalAccount = "institution/H13010200001";
    public const string Clearing = "clearing/WeChatPay";
    public static readonly string PersonalAccount = $"personal/{People.InsuredPlace}/{People.Subject}/310";
    public static readonly Operator Clerk = new() { OperatorId = "c1", OperatorName = "张三" };
    private static int _requests;

    public static string NewRequestId() => $"r-{Interlocked.Increment(ref _requests)}";

    public static async Task<string> EcTokenAsync(this TestGateway gateway)
    {
        var person = await gateway.Get<InsuredPersons>().RefreshAsync(People.Subject, CancellationToken.None);
        var (token, _) = await gateway.Get<EcTokens>()
            .IssueAsync(People.Hospital, person, "01301", Clerk.OperatorId, CancellationToken.None);
        return token;
    }

    public static FeeLine Line(this TestGateway gateway, string number, string quantity, string price,
        string code = Drug) => new()
    {
        FeedetlSn = number, MedListCodg = code, Quantity = quantity, UnitPriceYuan = price,
        DetItemFeeSumamtFen = Quantity.Parse(quantity).At(UnitPrice.Parse(price)).Fen,
        FeeOcurTime = gateway.Clock.GetUtcNow().ToTimestamp(),
    };

    public static async Task<UploadFeesHeader> HeaderAsync(this TestGateway gateway, params FeeLine[] lines) => new()
    {
        RequestId = NewRequestId(), Voucher = new Voucher { EcToken = await gateway.EcTokenAsync() },
            IptOtpNo = "MZ0001",
        MedType = MedType.Outpatient, BeginTime = gateway.Clock.GetUtcNow().ToTimestamp(), DeptCode = "D01",
            DeptName = "内科",
        AtddrNo = "D130102000001", DrName = "王医生", ChrgBchno = "B0001", Operator = Clerk,
        Diagnoses = { new Diagnosis { DiagCode = "I10.x00", DiagName = "高血压", DiagType = "1", DiagSrtNo = 1 } },
        LineCount = lines.Length, MedfeeSumamtFen = lines.Sum(line => line.DetItemFeeSumamtFen),
    };

    public static Task<UploadFeesResponse> UploadAsync(
        this TestGateway gateway, UploadFeesHeader header, FeeLine[] lines, Caller.Institution? institution = null) =>
        gateway.UploadAsync(institution ?? People.Hospital,
            [new UploadFeesRequest { Header = header },
                .. lines.Select(line => new UploadFeesRequest { Line = line })]);

    public static Task<UploadFeesResponse> UploadAsync(
        this TestGateway gateway, Caller.Institution institution, params UploadFeesRequest[] messages) =>
        gateway.Get<UploadFees>().RunAsync(new Messages<UploadFeesRequest>(messages), institution, gateway.NewId(),
            CancellationToken.None);

    /// <summary>The standard bill, uploaded and pre-settled.</summary>
    public static async Task<PreSettlement> PreSettledAsync(this TestGateway gateway, bool useAccount = true,
        string quantity = "20")
    {
        FeeLine[] lines = [gateway.Line("1", quantity, "30")];
        var batch = await gateway.UploadAsync(await gateway.HeaderAsync(lines), lines);
        return await gateway.PreSettleAsync(batch.FeeBatchId, useAccount);
    }

    public static async Task<PreSettlement> PreSettleAsync(this TestGateway gateway, string batchId, bool useAccount) =>
        (await gateway.Get<PreSettle>().RunAsync(
            new PreSettleRequest { RequestId = NewRequestId(), FeeBatchId = batchId, UsePersonalAccount = useAccount },
            People.Hospital, gateway.NewId(), CancellationToken.None)).PreSettlement;

    public static SettleRequest Request(PreSettlement pre) => new()
    {
        RequestId = NewRequestId(), PreSettlementId = pre.PreSettlementId, Operator = Clerk,
        ExpectedSplit = new ExpectedSplit
        {
            FundPaySumamtFen = pre.Breakdown.FundPaySumamtFen, AcctPayFen = pre.Breakdown.AcctPayFen,
            PsnCashPayFen = pre.Breakdown.PsnCashPayFen,
        },
        Payer = new Payer { Channel = PaymentChannel.WechatPay, Scene = PaymentScene.InApp, PayerId = "openid-1" },
    };

    public static Task<Settlement> SettleAsync(this TestGateway gateway, SettleRequest request,
        string? operationId = null) =>
        gateway.Get<Settle>().RunAsync(request, People.Hospital, operationId ?? gateway.NewId(),
            CancellationToken.None);

    public static Task<Settlement> FindSettlementAsync(this TestGateway gateway, string settlementId) =>
        gateway.Get<GetSettlement>().RunAsync(settlementId, People.Hospital, CancellationToken.None);

    /// <summary>Messages that are all there already.</summary>
    private sealed class Messages<T>(IReadOnlyList<T> messages) : IAsyncStreamReader<T>
    {
        private int _next = -1;

        public T Current => messages[_next];

        public Task<bool> MoveNext(CancellationToken cancellationToken) => Task.FromResult(++_next < messages.Count);
    }
}
