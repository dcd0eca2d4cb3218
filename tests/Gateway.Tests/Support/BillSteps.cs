using Ecert.Gateway.Bills;
using Ecert.Gateway.Payments;
using Ecert.V1;

namespace Ecert.Gateway.Tests.Support;

/// <summary>A citizen's electricity bill of 123.45, step by step.</summary>
internal static class BillSteps
{
    public const long Amount = 12_345;
    public const string BillerAccount = "biller/POWER";
    public const string AccountNumber = "1301000001";

    public static readonly Payer Payer = new()
    {
        Channel = PaymentChannel.WechatPay, Scene = PaymentScene.InApp, PayerId = "openid-1",
    };

    public static async Task<Bill> QuotedBillAsync(this TestGateway gateway) =>
        (await gateway.Get<QueryBill>().RunAsync(
        new QueryBillRequest { BillerId = "POWER", AccountNumber = AccountNumber }, People.Citizen, gateway.NewId(),
        CancellationToken.None)).Bills.Single();

    public static async Task<BillPayment> PayAsync(
        this TestGateway gateway, Bill bill, string? operationId = null, long? amount = null) =>
        (await gateway.Get<PayBill>().RunAsync(
            new PayBillRequest { RequestId = "pay", BillId = bill.BillId,
                ExpectedAmountFen = amount ?? bill.AmountFen, Payer = Payer },
            People.Citizen, operationId ?? gateway.NewId(), CancellationToken.None)).BillPayment;

    /// <summary>A bill whose cash part waits for its payer.</summary>
    public static async Task<BillPayment> PayingBillAsync(this TestGateway gateway) =>
        await gateway.PayAsync(await gateway.QuotedBillAsync());

    /// <summary>A bill paid and written off; its payment.</summary>
    public static async Task<PaymentRow> PaidBillAsync(this TestGateway gateway)
    {
        var bill = await gateway.PayingBillAsync();
        return await gateway.ApplyAsync(bill.PaymentId, gateway.WeChat.Paid(Amount));
    }

    public static Task<PaymentRow> ApplyAsync(
        this TestGateway gateway, string paymentId, Ecert.Adapters.Ports.ChannelOutcome outcome) =>
        gateway.Get<PaymentOrders>().ApplyAsync(paymentId, outcome, CancellationToken.None);

    public static async Task<BillStage> StageAsync(this TestGateway gateway, BillPayment bill) =>
        (await gateway.RowAsync<BillPaymentRow>(row => row.Id == bill.BillPaymentId)).Stage;
}
