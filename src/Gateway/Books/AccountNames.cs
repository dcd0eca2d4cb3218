namespace Ecert.Gateway.Books;

/// <summary>What the account codes of the trial balance are called.</summary>
public static class AccountNames
{
    /// <summary>The name of an account code, in Chinese and English.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such code.</exception>
    public static (string Zh, string En) Of(int code) => code switch
    {
        ChartOfAccounts.Codes.ChannelClearing => ("渠道清算", "Channel clearing"),
        ChartOfAccounts.Codes.FareReceivable => ("待收车费", "Fares to collect"),
        ChartOfAccounts.Codes.PersonalAccount => ("个人账户", "Personal accounts"),
        ChartOfAccounts.Codes.InstitutionPayable => ("应付医药机构", "Owed to institutions"),
        ChartOfAccounts.Codes.BillerPayable => ("应付缴费单位", "Owed to billers"),
        ChartOfAccounts.Codes.TransitPayable => ("应付轨道交通", "Owed to transit operators"),
        ChartOfAccounts.Codes.FundSpending => ("基金支出", "Paid by funds"),
        ChartOfAccounts.Codes.ContributionsReceived => ("缴费划入", "Contributions received"),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "Not a code of the chart of accounts."),
    };
}
