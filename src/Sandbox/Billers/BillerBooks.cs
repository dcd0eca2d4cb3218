using Ecert.Kernel;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.Billers;

/// <summary>A payment as the agency reports it.</summary>
/// <param name="Sequence"><c>TranSeq</c>: the idempotency key.</param>
/// <param name="MerchantSequence"><c>MerchantSeq</c>; empty when not said.</param>
/// <param name="CustomerNumber"><c>BillKey</c>.</param>
/// <param name="BillNumber"><c>BillNo</c>.</param>
/// <param name="Amount"><c>PayAmount</c>.</param>
/// <param name="SubChannel"><c>SubChannel</c>.</param>
internal sealed record AgencyPayment(
    string Sequence, string MerchantSequence, string CustomerNumber, string BillNumber, Money Amount,
        string SubChannel);

/// <summary>A payment in the books.</summary>
internal sealed record BookedPayment(AgencyPayment Payment, string Serial, DateTimeOffset At);

/// <summary>What came of a payment.</summary>
internal abstract record PaymentOutcome
{
    private PaymentOutcome() { }

    /// <summary>Booked now or earlier.</summary>
    public sealed record Booked(string Serial) : PaymentOutcome;

    /// <summary>Not booked.</summary>
    public sealed record Refused(string Code, string Description) : PaymentOutcome;
}

/// <summary>One company's books: who its customers are, what they owe, what was paid. Under one lock.</summary>
internal sealed class BillerBooks(BillerOptions options, TimeProvider clock, RandomSource random)
{
    private readonly Lock _lock = new();
    private readonly List<CustomerBill> _bills = [.. options.Bills];
    private readonly Dictionary<string, BookedPayment> _payments = [];
    private readonly HashSet<(string Customer, string Bill)> _paid = [];

    /// <summary>The company.</summary>
    public BillerOptions Company => options;

    /// <summary>Adds a bill.</summary>
    public void Issue(CustomerBill bill)
    {
        lock (_lock)
            _bills.Add(bill);
    }

    /// <summary>Whether there is such a customer.</summary>
    public bool Knows(string customer)
    {
        lock (_lock)
            return _bills.Exists(bill => bill.CustomerNumber == customer);
    }

    /// <summary>The oldest unpaid bill of a customer; null when nothing is owed.</summary>
    public CustomerBill? Owed(string customer)
    {
        lock (_lock)
            return _bills.Find(bill => bill.CustomerNumber == customer && !IsPaid(bill));
    }

    /// <summary>Books a payment once.</summary>
    public PaymentOutcome Pay(AgencyPayment payment)
    {
        lock (_lock)
        {
            if (_payments.TryGetValue(payment.Sequence, out var known))
                return known.Payment == payment
                    ? new PaymentOutcome.Booked(known.Serial)
                    : new PaymentOutcome.Refused("PAY0003", "same TranSeq, other content");
            if (!_bills.Exists(bill => bill.CustomerNumber == payment.CustomerNumber))
                return new PaymentOutcome.Refused("BAL0002", "no such customer");
            var bill = _bills.Find(one =>
                one.CustomerNumber == payment.CustomerNumber && one.BillNumber == payment.BillNumber);
            if (bill is null)
                return new PaymentOutcome.Refused("BAL0001", "nothing owed under this BillNo");
            if (IsPaid(bill))
                return new PaymentOutcome.Refused("PAY0001", "already paid by another payment");
            if (bill.AmountFen != payment.Amount.Fen)
                return new PaymentOutcome.Refused("PAY0002", "the amount is not the bill's");
            var now = clock.GetUtcNow();
            var booked = new BookedPayment(payment, $"{now.Digits()}{random.Digits(8)}", now);
            _payments.Add(payment.Sequence, booked);
            _paid.Add((payment.CustomerNumber, payment.BillNumber));
            return new PaymentOutcome.Booked(booked.Serial);
        }
    }

    /// <summary>What was booked on a day, in order.</summary>
    public IReadOnlyList<BookedPayment> PaidOn(DateOnly day)
    {
        lock (_lock)
            return [.. _payments.Values.Where(booked => booked.At.BeijingDay() == day).OrderBy(booked => booked.At)];
    }

    /// <summary>Every bill and whether it is paid.</summary>
    public IReadOnlyList<(CustomerBill Bill, bool IsPaid)> All()
    {
        lock (_lock)
            return _bills.ConvertAll(bill => (bill, IsPaid(bill)));
    }

    private bool IsPaid(CustomerBill bill) => _paid.Contains((bill.CustomerNumber, bill.BillNumber));
}
