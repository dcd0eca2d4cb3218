using System.Text.Json.Nodes;
using Ecert.Kernel;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.ProvincialCore;

/// <summary>What a transaction comes to.</summary>
internal abstract record TransactionAnswer
{
    private TransactionAnswer() { }

    /// <summary><c>infcode</c> 0.</summary>
    public sealed record Done(JsonObject Output) : TransactionAnswer;

    /// <summary><c>infcode</c> -2: a business error, to be shown.</summary>
    public sealed record Refused(string Text) : TransactionAnswer;

    /// <summary><c>infcode</c> -1: a system error; the caller follows with a reversal.</summary>
    public sealed record SystemError(string Text) : TransactionAnswer;
}

/// <summary>One transaction number of the interface.</summary>
internal abstract class Transaction
{
    /// <summary><c>infno</c>.</summary>
    public abstract string Number { get; }

    /// <summary>Its own path: <c>service/method</c>.</summary>
    public abstract string Service { get; }

    /// <summary>Does it.</summary>
    public abstract TransactionAnswer Do(MessageHead head, JsonObject input);

    /// <summary>Every transaction of one core, sharing what they keep.</summary>
    public static IReadOnlyList<Transaction> All(ProvincialCoreOptions core, TimeProvider clock, RandomSource random)
    {
        var desks = new SignedInDesks();
        return [new SignIn9001(desks, clock, random), new PersonQuery1101(core, desks, clock)];
    }
}

/// <summary>The head that every message shares.</summary>
/// <param name="Number"><c>infno</c>.</param>
/// <param name="MessageId"><c>msgid</c>.</param>
/// <param name="Institution"><c>fixmedins_code</c>.</param>
/// <param name="Operator"><c>opter</c>.</param>
/// <param name="SignInNumber"><c>sign_no</c>; null when not said.</param>
internal sealed record MessageHead(
    string Number, string MessageId, string Institution, string Operator, string? SignInNumber)
{
    private static readonly (string Name, int Longest)[] Required =
    [
        ("infno", 6), ("msgid", 30), ("mdtrtarea_admvs", 6), ("recer_sys_code", 10), ("infver", 6), ("opter_type", 3),
        ("opter", 30), ("opter_name", 50), ("inf_time", 19), ("fixmedins_code", 30), ("fixmedins_name", 200),
    ];

    /// <summary>Reads the head; null with the fault named when a field is missing, too long or malformed.</summary>
    public static MessageHead? Read(JsonObject message, out string fault)
    {
        foreach (var (name, longest) in Required)
        {
            var text = message.Text(name);
            if (text is not { Length: > 0 } || text.Length > longest)
            {
                fault = $"报文头{name}不能为空且长度不超过{longest}";
                return null;
            }
        }
        fault = "";
        var id = message.Text("msgid")!;
        var institution = message.Text("fixmedins_code")!;
        if (id.Length != 30 || !id.StartsWith(institution, StringComparison.Ordinal)
            || !id[12..].All(char.IsAsciiDigit))
        {
            fault = "msgid应为定点医药机构编号(12)+时间(14)+顺序号(4)";
            return null;
        }
        var signIn = message.Text("sign_no");
        return new MessageHead(
            message.Text("infno")!, id, institution, message.Text("opter")!, signIn is "" ? null : signIn);
    }
}
