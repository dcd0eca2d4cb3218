using Ecert.Kernel;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.Alipay;

/// <summary>What a cancel did.</summary>
internal enum CancelAction
{
    /// <summary>There was no such trade.</summary>
    None = 1,

    /// <summary>It was unpaid and is closed.</summary>
    Close = 2,

    /// <summary>It was paid and the money went back.</summary>
    Refund = 3,
}

/// <summary>Alipay's own books of trades, under one lock.</summary>
internal sealed class AlipayBooks(TimeProvider clock, RandomSource random)
{
    private static readonly TimeSpan Cancellable = TimeSpan.FromHours(24);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string App, string Number), Trade> _trades = [];
    private readonly Dictionary<string, (string App, string Number)> _byTradeNo = [];

    /// <summary>Every trade, oldest first, those not scanned yet among them.</summary>
    public IReadOnlyList<Trade> All()
    {
        lock (_lock)
            return [.. _trades.Keys.ToArray().Select(Current)];
    }

    /// <summary>The trade of an app by its own number.</summary>
    public Trade? Find(string app, string number)
    {
        lock (_lock)
            return _trades.ContainsKey((app, number)) ? Current((app, number)) : null;
    }

    /// <summary>The trade of an app by Alipay's number.</summary>
    public Trade? FindByTradeNo(string app, string tradeNo)
    {
        lock (_lock)
            return _byTradeNo.TryGetValue(tradeNo, out var key) && key.App == app ? Current(key) : null;
    }

    /// <summary>The first trade that fits, brought up to date.</summary>
    public Trade? Find(Func<Trade, bool> fits) => All().FirstOrDefault(fits);

    /// <summary>Makes a trade, or finds it again by the same number and content.</summary>
    public Trade Create(TradeRequest request, TradeState first, bool withQrCode)
    {
        lock (_lock)
        {
            var key = (request.AppId, request.Number);
            if (!_trades.ContainsKey(key))
                return Add(New(request, first, withQrCode));
            var trade = Current(key);
            if (trade.State == TradeState.Success)
                throw AlipayError.HasSuccess.Thrown();
            if (trade.State == TradeState.Closed)
                throw AlipayError.HasClosed.Thrown();
            return trade.Request.Content == request.Content ? trade : throw AlipayError.Inconsistent.Thrown();
        }
    }

    /// <summary>The payer scans the code: from now on the trade exists.</summary>
    public Trade Scan(Trade wanted, string buyerId)
    {
        lock (_lock)
        {
            var trade = Current(Key(wanted));
            return trade.State == TradeState.NotScanned
                ? _trades[Key(trade)] = trade with { State = TradeState.WaitBuyerPay, BuyerId = buyerId }
                : trade;
        }
    }

    /// <summary>The payer pays; false when the trade is not waiting for that.</summary>
    public bool TryPay(Trade wanted, string buyerId, out Trade paid)
    {
        lock (_lock)
        {
            paid = Current(Key(wanted));
            if (paid.State is not (TradeState.WaitBuyerPay or TradeState.NotScanned))
                return false;
            paid = _trades[Key(paid)] = paid with
            {
                State = TradeState.Success,
                PaidAt = clock.GetUtcNow(),
                BuyerId = paid.Request.BuyerId ?? paid.BuyerId ?? buyerId,
            };
            return true;
        }
    }

    /// <summary>Closes an unpaid trade.</summary>
    public Trade Close(Trade wanted)
    {
        lock (_lock)
        {
            var trade = Current(Key(wanted));
            return trade.State == TradeState.WaitBuyerPay
                ? _trades[Key(trade)] = Closed(trade)
                : throw AlipayError.StatusError.Thrown();
        }
    }

    /// <summary>Cancels: closes what is unpaid, gives back what is paid. Repeating it changes nothing.</summary>
    public (Trade? Trade, CancelAction Action) Cancel(Trade? wanted)
    {
        if (wanted is null)
            return (null, CancelAction.None);
        lock (_lock)
        {
            var trade = Current(Key(wanted));
            var now = clock.GetUtcNow();
            if (trade.State is TradeState.WaitBuyerPay or TradeState.NotScanned)
                return (_trades[Key(trade)] = Closed(trade), CancelAction.Close);
            if (trade.State == TradeState.Closed)
                return (trade, trade.PaidAt is null ? CancelAction.Close : CancelAction.Refund);
            if (now > trade.CreatedAt + Cancellable)
                throw AlipayError.CancelTooLate.Thrown();
            var rest = new TradeRefund(trade.Request.Number, trade.Request.Total - trade.Refunded, "撤销", now);
            return (_trades[Key(trade)] = trade.With(rest, now), CancelAction.Refund);
        }
    }

    /// <summary>Refunds, or finds the refund again by the same request number and amount.</summary>
    /// <returns>The trade and whether money moved.</returns>
    public (Trade Trade, TradeRefund Refund, bool IsNew) Refund(
        Trade wanted, string? requestNumber, Money amount, string? reason)
    {
        lock (_lock)
        {
            var trade = Current(Key(wanted));
            if (requestNumber is null && amount != trade.Request.Total)
                throw AlipayError.Parameter("out_request_no", "部分退款时不能为空").Thrown();
            var number = requestNumber ?? trade.Request.Number;
            if (trade.Refunds.FirstOrDefault(known => known.RequestNumber == number) is { } earlier)
                return earlier.Amount == amount
                    ? (trade, earlier, false)
                    : throw AlipayError.RefundDiffers.Thrown();
            if (trade.State == TradeState.WaitBuyerPay)
                throw AlipayError.NotRefundable.Thrown();
            if (trade.State == TradeState.Closed)
                throw AlipayError.HasClosed.Thrown();
            if (trade.Refunded + amount > trade.Request.Total)
                throw AlipayError.RefundTooMuch.Thrown();
            var refund = new TradeRefund(number, amount, reason, clock.GetUtcNow());
            trade = _trades[Key(trade)] = trade.With(refund, clock.GetUtcNow());
            return (trade, refund, true);
        }
    }

    private static (string, string) Key(Trade trade) => (trade.Request.AppId, trade.Request.Number);

    private Trade Current((string, string) key)
    {
        var trade = _trades[key];
        var isUnpaid = trade.State is TradeState.WaitBuyerPay or TradeState.NotScanned;
        return isUnpaid && clock.GetUtcNow() >= trade.Request.ExpiresAt ? _trades[key] = Closed(trade) : trade;
    }

    private Trade Add(Trade trade)
    {
        _byTradeNo.Add(trade.TradeNo, Key(trade));
        return _trades[Key(trade)] = trade;
    }

    private Trade Closed(Trade trade) => trade with { State = TradeState.Closed, ClosedAt = clock.GetUtcNow() };

    private Trade New(TradeRequest request, TradeState first, bool withQrCode)
    {
        var now = clock.GetUtcNow();
        return new Trade
        {
            Request = request,
            TradeNo = $"{now.BeijingDay().Digits()}22001{random.Digits(15)}",
            QrCode = withQrCode ? $"https://qr.alipay.com/bax{Convert.ToHexStringLower(random.Bytes(10))}" : null,
            CreatedAt = now,
            State = first,
            BuyerId = request.BuyerId,
        };
    }
}
