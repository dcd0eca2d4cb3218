using Ecert.Kernel;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.WeChatPay;

/// <summary>
/// The platform's own books: every order and refund of every merchant. One lock over all of it, so that two requests
/// about the same order are always one after the other.
/// </summary>
internal sealed class WeChatPayBooks(TimeProvider clock, RandomSource random)
{
    private const int MostRefunds = 50;
    private static readonly TimeSpan UnpaidLives = TimeSpan.FromDays(7);
    private static readonly TimeSpan Refundable = TimeSpan.FromDays(365);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Merchant, string Number), WeChatOrder> _orders = [];
    private readonly Dictionary<string, (string Merchant, string Number)> _ordersByTransaction = [];
    private readonly Dictionary<(string Merchant, string Refund), string> _ordersByRefund = [];

    /// <summary>Every order, oldest first.</summary>
    public IReadOnlyList<WeChatOrder> All()
    {
        lock (_lock)
            return [.. _orders.Keys.ToArray().Select(Current)];
    }

    /// <summary>The order of that number.</summary>
    public WeChatOrder? Find(string merchant, string number)
    {
        lock (_lock)
            return _orders.ContainsKey((merchant, number)) ? Current((merchant, number)) : null;
    }

    /// <summary>The order that was paid under the platform's number.</summary>
    public WeChatOrder? FindByTransaction(string merchant, string transactionId)
    {
        lock (_lock)
            return _ordersByTransaction.TryGetValue(transactionId, out var key) && key.Merchant == merchant
                ? Current(key)
                : null;
    }

    /// <summary>The first order that fits, brought up to date.</summary>
    public WeChatOrder? Find(Func<WeChatOrder, bool> fits) => All().FirstOrDefault(fits);

    /// <summary>Places an order, or finds it again by the same number and content.</summary>
    public WeChatOrder Place(OrderRequest request)
    {
        lock (_lock)
        {
            var key = (request.MerchantId, request.Number);
            if (!_orders.ContainsKey(key))
                return _orders[key] = New(request);
            var order = Current(key);
            if (order.Request.TradeType != request.TradeType)
                throw WeChatPayError.NumberUsed.Thrown();
            if (order.State == OrderState.Paid)
                throw WeChatPayError.OrderPaid.Thrown();
            if (order.State == OrderState.Closed)
                throw WeChatPayError.OrderClosed.Thrown();
            if (order.Request.Content != request.Content)
                throw WeChatPayError.OtherParameters.Thrown();
            return clock.GetUtcNow() < order.TokenMadeAt + WeChatOrder.TokenLives ? order : _orders[key] = Renew(order);
        }
    }

    /// <summary>Closes an unpaid order.</summary>
    public void Close(string merchant, string number)
    {
        lock (_lock)
        {
            var order = Known(merchant, number);
            if (order.State == OrderState.Paid)
                throw WeChatPayError.OrderPaidNotClosable.Thrown();
            if (order.State == OrderState.Closed)
                throw WeChatPayError.OrderClosed.Thrown();
            _orders[(merchant, number)] = order with { State = OrderState.Closed };
        }
    }

    /// <summary>The payer pays; false when the order can no longer be paid.</summary>
    public bool TryPay(WeChatOrder wanted, string? openId, out WeChatOrder paid)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            paid = Known(wanted.MerchantId, wanted.Request.Number);
            if (paid.State != OrderState.NotPaid || now >= paid.TokenMadeAt + WeChatOrder.TokenLives)
                return false;
            paid = _orders[(paid.MerchantId, paid.Request.Number)] = paid with
            {
                State = OrderState.Paid,
                TransactionId = $"42000{random.Digits(5)}{now.BeijingDay().Digits()}{random.Digits(10)}",
                PaidAt = now,
                PayerOpenId = paid.Request.OpenId ?? openId ?? "o" + Convert.ToHexString(random.Bytes(14))[..27],
            };
            _ordersByTransaction.Add(paid.TransactionId!, (paid.MerchantId, paid.Request.Number));
            return true;
        }
    }

    /// <summary>Accepts a refund, or finds it again by the same number and content.</summary>
    /// <returns>The order with the refund, the refund, and whether it is new.</returns>
    public (WeChatOrder Order, WeChatRefund Refund, bool IsNew) Refund(
        WeChatOrder wanted, string number, long fen, long totalFen, string? reason, Uri? notifyUrl, string content,
        TimeSpan takes)
    {
        lock (_lock)
        {
            var order = Known(wanted.MerchantId, wanted.Request.Number);
            if (FindRefund(order.MerchantId, number) is { } known)
                return known.Refund.Content == content
                    ? (known.Order, known.Refund, false)
                    : throw WeChatPayError.RefundDiffers.Thrown();
            var now = clock.GetUtcNow();
            CheckRefundable(order, fen, totalFen, now);
            var refund = new WeChatRefund(
                number, $"503{random.Digits(8)}{now.BeijingDay().Digits()}{random.Digits(10)}", fen, reason, notifyUrl,
                now, now + takes, content);
            order = _orders[(order.MerchantId, order.Request.Number)] =
                order with { Refunds = [.. order.Refunds, refund] };
            _ordersByRefund.Add((order.MerchantId, number), order.Request.Number);
            return (order, refund, true);
        }
    }

    /// <summary>The refund of that number with its order.</summary>
    public (WeChatOrder Order, WeChatRefund Refund)? FindRefund(string merchant, string number)
    {
        lock (_lock)
        {
            if (!_ordersByRefund.TryGetValue((merchant, number), out var orderNumber))
                return null;
            var order = _orders[(merchant, orderNumber)];
            return (order, order.Refunds.First(refund => refund.Number == number));
        }
    }

    private static void CheckRefundable(WeChatOrder order, long fen, long totalFen, DateTimeOffset now)
    {
        if (order.State != OrderState.Paid)
            throw WeChatPayError.NothingToRefund.Thrown();
        if (totalFen != order.Request.TotalFen)
            throw WeChatPayError.RefundDiffers.Thrown();
        if (order.RefundedFen + fen > order.Request.TotalFen)
            throw WeChatPayError.RefundTooMuch.Thrown();
        if (order.Refunds.Count >= MostRefunds)
            throw WeChatPayError.RefundTooMany.Thrown();
        if (now > order.PaidAt + Refundable)
            throw WeChatPayError.RefundTooLate.Thrown();
    }

    private WeChatOrder Known(string merchant, string number) => _orders.ContainsKey((merchant, number))
        ? Current((merchant, number))
        : throw WeChatPayError.OrderNotExist.Thrown();

    private WeChatOrder Current((string, string) key)
    {
        var order = _orders[key];
        if (order.State != OrderState.NotPaid || clock.GetUtcNow() < order.ClosesAt)
            return order;
        return _orders[key] = order with { State = OrderState.Closed };
    }

    private WeChatOrder New(OrderRequest request)
    {
        var now = clock.GetUtcNow();
        return new WeChatOrder
        {
            Request = request,
            PrepayId = NewPrepayId(now),
            CodeUrl = NewCodeUrl(),
            TokenMadeAt = now,
            ClosesAt = request.ExpiresAt ?? now + UnpaidLives,
        };
    }

    private WeChatOrder Renew(WeChatOrder order)
    {
        var now = clock.GetUtcNow();
        return order with { PrepayId = NewPrepayId(now), CodeUrl = NewCodeUrl(), TokenMadeAt = now };
    }

    private string NewPrepayId(DateTimeOffset now) =>
        $"wx{now.Digits()}{Convert.ToHexStringLower(random.Bytes(10))}0000";

    private string NewCodeUrl() => $"weixin://wxpay/bizpayurl?pr={Convert.ToHexString(random.Bytes(6))}";
}
