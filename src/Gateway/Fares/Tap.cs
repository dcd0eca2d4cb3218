using Ecert.Gateway.Edge;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using Google.Protobuf.WellKnownTypes;

namespace Ecert.Gateway.Fares;

/// <summary>One scan at a gate with a line to us, into or out of the paid area.</summary>
internal sealed record Tap(
    string OperatorCode, ReadOnlyMemory<byte> Code, string StationId, string GateId, Timestamp? TapTime,
    string OperationId)
{
    private const int LongestCode = 512;
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(2);

    public Tap(TapInRequest request, string operationId) : this(
        request.OperatorCode, request.RideCode.Memory, request.StationId, request.GateId, request.TapTime,
        operationId) { }

    public Tap(TapOutRequest request, string operationId) : this(
        request.OperatorCode, request.RideCode.Memory, request.StationId, request.GateId, request.TapTime,
        operationId) { }

    /// <summary>When it was scanned, by the gate's clock; after <see cref="Check"/>.</summary>
    public DateTimeOffset At => TapTime!.ToDateTimeOffset();

    /// <exception cref="RefusedException">Something is at fault; all of it is listed.</exception>
    public void Check(Caller.Institution caller, DateTimeOffset now) => new RequestChecks()
        .Require(OperatorCode == caller.Id.Value, "operator_code", "required, the calling operator's own code")
        .Require(Code.Length is > 0 and <= LongestCode, "ride_code", $"required, at most {LongestCode} bytes")
        .RequireText(StationId, "station_id", 20)
        .RequireText(GateId, "gate_id", 32)
        .Require(IsNear(now), "tap_time", "required, within two minutes of our clock; older taps are uploaded")
        .ThrowIfAny();

    private bool IsNear(DateTimeOffset now)
    {
        var (first, last) = ((now - ClockTolerance).ToUnixTimeSeconds(), (now + ClockTolerance).ToUnixTimeSeconds());
        return TapTime is { Nanos: >= 0 and < 1_000_000_000 } && TapTime.Seconds >= first && TapTime.Seconds <= last;
    }
}
