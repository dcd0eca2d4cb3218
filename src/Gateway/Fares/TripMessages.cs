using Ecert.Gateway.Payments;
using Ecert.V1;
using Google.Protobuf.WellKnownTypes;

namespace Ecert.Gateway.Fares;

/// <summary>Trips and fares between our rows and the contract's messages.</summary>
internal static class TripMessages
{
    /// <summary>A trip as it stands.</summary>
    /// <param name="row">The row.</param>
    /// <param name="payment">How its payment stands, where there is one.</param>
    /// <param name="overdue">Is the rider's time in the paid area over?</param>
    public static Trip ToMessage(TripRow row, Payments.PaymentState? payment, bool overdue)
    {
        var trip = new Trip
        {
            TripId = row.Id, State = StateOf(row.Stage, payment, overdue), OperatorCode = row.OperatorId,
            EntryStationId = row.EntryStation, EntryTime = row.EntryAt.ToTimestamp(),
            PaymentId = payment is null ? "" : row.ExitOperationId,
        };
        if (row.ExitAt is not { } exitAt)
            return trip;
        trip.ExitStationId = row.ExitStation;
        trip.ExitTime = exitAt.ToTimestamp();
        trip.Fare = new FareBreakdown
        {
            BaseFareFen = row.BaseFareFen, MonthlyDiscountFen = row.MonthlyDiscountFen, SurchargeFen = row.SurchargeFen,
            FareFen = row.FareFen, DistanceMetres = (int)row.DistanceMetres, FareTableVersion = row.FareTable,
        };
        return trip;
    }

    /// <summary>A fare and what it is made of.</summary>
    public static FareBreakdown ToMessage(Fare fare) => new()
    {
        BaseFareFen = fare.Base.Fen, CategoryDiscountFen = fare.CategoryDiscount.Fen,
        MonthlyDiscountFen = fare.MonthlyDiscount.Fen, SurchargeFen = fare.Surcharge.Fen, FareFen = fare.Charged.Fen,
        DistanceMetres = fare.DistanceMetres, FareTableVersion = fare.Table,
    };

    private static TripState StateOf(TripStage stage, Payments.PaymentState? payment, bool overdue) => stage switch
    {
        TripStage.Inside => overdue ? TripState.Incomplete : TripState.Open,
        TripStage.Collecting when payment == Payments.PaymentState.Unknown => TripState.OutcomeUnknown,
        TripStage.Collecting => TripState.Charging,
        TripStage.Paid => TripState.Paid,
        TripStage.Owed => TripState.Unpaid,
        TripStage.Free => TripState.Free,
        _ => TripState.Unspecified,
    };
}
