namespace Ecert.Adapters.Billers;

// What travels to and from the agency interface, spelt as the interface spells it. Amounts are yuan with two decimals,
// dates yyyyMMdd in Beijing time.

internal sealed record AgencyRequest(
    string Version, string InstId, string TranCode, string TranDate, string TranSeq, string CompanyId)
{
    public string? MerchantSeq { get; init; }

    public string? BillKey { get; init; }

    public string? BillNo { get; init; }

    public string? PayAmount { get; init; }

    public string? SubChannel { get; init; }

    public string? CheckDate { get; init; }
}

internal sealed record AgencyAnswer(
    string? ResponseCode, string? ResponseDesc, string? BillKey, string? BillNo, string? CustomerName,
    string? BillAmount, string? LateFee, string? Period, string? PaySerial, string? FileName, string? TotalAmount,
    string? Content)
{
    public override string ToString() => $"{ResponseCode}: {ResponseDesc}";
}
