namespace Ecert.Sandbox.Billers;

/// <summary>A company whose bills can be queried and written off.</summary>
/// <param name="CompanyId"><c>CompanyId</c>, also the path segment: <c>water</c>, <c>electricity</c>.</param>
/// <param name="Name">What customers call it.</param>
/// <param name="AgencyId">The agency (<c>InstId</c>, <c>X-Agency-Id</c>) that may call.</param>
/// <param name="SharedKey">The HMAC key shared with the agency, UTF-8 text.</param>
/// <param name="Bills">What is owed at the start; more can be added over the control endpoints.</param>
public sealed record BillerOptions(
    string CompanyId, string Name, string AgencyId, string SharedKey, IReadOnlyList<CustomerBill> Bills);

/// <summary>One open bill.</summary>
/// <param name="CustomerNumber"><c>BillKey</c>.</param>
/// <param name="CustomerName">The full name; masked on the wire.</param>
/// <param name="BillNumber"><c>BillNo</c>.</param>
/// <param name="AmountFen">What is owed with the late fee, in fen.</param>
/// <param name="LateFeeFen">The late fee in it, in fen.</param>
/// <param name="Period"><c>yyyyMM</c> or <c>yyyyMM-yyyyMM</c>.</param>
public sealed record CustomerBill(
    string CustomerNumber, string CustomerName, string BillNumber, long AmountFen, long LateFeeFen, string Period);
