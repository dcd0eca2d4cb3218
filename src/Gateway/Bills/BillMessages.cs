using Ecert.Gateway.Payments;
using Ecert.V1;
using Google.Protobuf.WellKnownTypes;

namespace Ecert.Gateway.Bills;

/// <summary>Bills between our rows and the contract's messages.</summary>
internal static class BillMessages
{
    /// <summary>A bill as quoted.</summary>
    /// <param name="row">The row.</param>
    /// <param name="accountNumber">
    /// The account number in the clear; all but its last four characters are hidden.
    /// </param>
    public static Bill ToBill(BillPaymentRow row, string accountNumber) => new()
    {
        BillId = row.Id, BillerId = row.BillerId, BillNumber = row.BillNumber,
        MaskedAccountNumber = Mask(accountNumber),
        MaskedCustomerName = row.CustomerName, AmountFen = row.AmountFen, LateFeeFen = row.LateFeeFen,
        Period = row.Period,
        ExpireTime = row.ExpiresAt.ToTimestamp(),
    };

    /// <summary>A bill's payment as it stands.</summary>
    public static BillPayment ToMessage(BillPaymentRow row, string accountNumber, PaymentRow? payment) => new()
    {
        BillPaymentId = row.Id,
        State = StateOf(row, payment),
        Bill = ToBill(row, accountNumber),
        PaymentId = row.PaymentId ?? "",
        PayerAction = payment is null ? null : PaymentMessages.ToPayerAction(payment),
        BillerNumber = row.BillerNumber ?? "",
        CreateTime = row.QuotedAt.ToTimestamp(),
        UpdateTime = (row.WrittenOffAt ?? payment?.PaidAt ?? row.QuotedAt).ToTimestamp(),
    };

    private static BillPaymentState StateOf(BillPaymentRow row, PaymentRow? payment) => row.Stage switch
    {
        BillStage.Quoted => BillPaymentState.Created,
        BillStage.Paying when payment?.State == Payments.PaymentState.Unknown => BillPaymentState.OutcomeUnknown,
        BillStage.Paying => BillPaymentState.Pending,
        BillStage.Paid => BillPaymentState.CashDone,
        BillStage.WrittenOff => BillPaymentState.Complete,
        BillStage.Refunding => BillPaymentState.Refunding,
        BillStage.Refunded => BillPaymentState.Refunded,
        BillStage.Closed => BillPaymentState.Closed,
        _ => BillPaymentState.Unspecified,
    };

    private static string Mask(string number) =>
        number.Length <= 4 ? new string('*', number.Length) : new string('*', number.Length - 4) + number[^4..];
}
