using System.Text.Json;

namespace Ecert.Adapters.Provinces.Fsi;

/// <summary>
/// The envelope every message of the interface goes in. Optional head fields that have no value are sent empty, as the
/// interface's own samples do.
/// </summary>
internal sealed class FsiEnvelope(FsiOptions options, TimeProvider time)
{
    /// <summary>The body of one message.</summary>
    /// <param name="infno">The transaction.</param>
    /// <param name="messageNumber">From <see cref="FsiMessageNumbers"/>.</param>
    /// <param name="signNumber">From the sign-in; empty for the sign-in itself.</param>
    /// <param name="insuredPlace">Needed once a message names a person by <c>psn_no</c>; else empty.</param>
    /// <param name="input">The object whose members are the transaction's nodes.</param>
    public byte[] Write<T>(string infno, string messageNumber, string signNumber, string insuredPlace, T input) =>
        WireJson.Write(new FsiRequest<T>(
            Infno: infno,
            Msgid: messageNumber,
            MdtrtareaAdmvs: options.Division.Value,
            InsuplcAdmdvs: insuredPlace,
            RecerSysCode: options.ReceiverSystem,
            DevNo: "",
            DevSafeInfo: "",
            Cainfo: "",
            Signtype: "",
            Infver: options.InterfaceVersion,
            OpterType: options.OperatorType,
            Opter: options.Operator,
            OpterName: options.OperatorName,
            InfTime: BeijingTime.ToSeconds(time.GetUtcNow()),
            FixmedinsCode: options.InstitutionCode,
            FixmedinsName: options.InstitutionName,
            SignNo: signNumber,
            Input: input));

    /// <summary>
    /// What an answer's <c>infcode</c> says: 0 done, -1 the system failed, -2 refused on business grounds.
    /// </summary>
    public static FsiReply Read<T>(ReadOnlySpan<byte> body) where T : class
    {
        if (!WireJson.TryRead<FsiAnswer>(body, out var answer))
            return new FsiReply.NoAnswer("The answer is not in the form of the interface.");
        var text = answer.ErrMsg ?? "";
        return CodeOf(answer.Infcode) switch
        {
            "0" when OutputOf<T>(answer.Output) is { } output => new FsiReply.Done<T>(output),
            "0" => new FsiReply.NoAnswer("The answer's output is not in the form of the transaction."),
            "-1" => new FsiReply.SystemFailed(text),
            { } code when code.StartsWith('-') => new FsiReply.Refused(text),
            _ => new FsiReply.NoAnswer("The answer carries no known infcode."),
        };
    }

    private static string? CodeOf(JsonElement code) => code.ValueKind switch
    {
        JsonValueKind.Number => code.GetRawText(),
        JsonValueKind.String => code.GetString(),
        _ => null,
    };

    private static T? OutputOf<T>(JsonElement output) where T : class
    {
        try
        {
            return output.ValueKind == JsonValueKind.Object ? output.Deserialize<T>(WireJson.SnakeCase) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record FsiRequest<T>(
        string Infno, string Msgid, string MdtrtareaAdmvs, string InsuplcAdmdvs, string RecerSysCode, string DevNo,
        string DevSafeInfo, string Cainfo, string Signtype, string Infver, string OpterType, string Opter,
        string OpterName, string InfTime, string FixmedinsCode, string FixmedinsName, string SignNo, T Input);

    private sealed record FsiAnswer(JsonElement Infcode, string? ErrMsg, JsonElement Output);
}

/// <summary>What a message came to.</summary>
internal abstract record FsiReply
{
    private FsiReply() { }

    /// <summary>Done, with the transaction's output.</summary>
    internal sealed record Done<T>(T Output) : FsiReply;

    /// <summary>Refused on business grounds: nothing happened, the text is for the person at the counter.</summary>
    internal sealed record Refused(string Text) : FsiReply;

    /// <summary>The system failed on the way: a message that changes something must now be reversed (2601).</summary>
    internal sealed record SystemFailed(string Text) : FsiReply;

    /// <summary>No answer: as uncertain as a failed system.</summary>
    internal sealed record NoAnswer(string Why) : FsiReply;

    /// <summary>Why there is no output, for operators.</summary>
    public string Reason => this switch
    {
        Refused refused => $"Refused: {refused.Text}",
        SystemFailed failed => $"The core's system failed: {failed.Text}",
        NoAnswer none => none.Why,
        _ => "",
    };
}
