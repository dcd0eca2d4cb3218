using System.Text;
using Ecert.Adapters.Ports;
using Ecert.Kernel;
using Ecert.Kernel.Citizens;
using Ecert.Kernel.Identifiers;

namespace Ecert.Gateway.Tests.Support;

/// <summary>A channel's notification reader that says what the test orders, whatever was posted.</summary>
internal sealed class ScriptedCallback(ChannelName name) : IChannelCallback
{
    public ChannelName Name => name;

    public Func<CallbackRequest, ChannelNotification> OnRead { get; set; } =
        _ => new ChannelNotification.Rejected("SIGNATURE_INVALID");

    public List<string> Read { get; } = [];

    ChannelNotification IChannelCallback.Read(CallbackRequest request)
    {
        Read.Add(Encoding.UTF8.GetString(request.Body.Span));
        return OnRead(request);
    }

    public CallbackAnswer Answer(bool accepted) =>
        accepted ? new CallbackAnswer(200, "text/plain", "success") : new CallbackAnswer(500, "text/plain", "failure");
}

/// <summary>A channel's daily bill as the test writes it.</summary>
internal sealed class ScriptedStatement(ChannelName name) : IChannelStatement
{
    public ChannelName Name => name;
    public List<StatementLine> Lines { get; } = [];
    public Exception? Fault { get; set; }

    public Task<IReadOnlyList<StatementLine>> DownloadAsync(DateOnly day, CancellationToken ct) =>
        Fault is null ? Task.FromResult<IReadOnlyList<StatementLine>>(Lines) : throw Fault;
}

/// <summary>A biller that answers as the test orders, and remembers the write-offs it was told of.</summary>
internal sealed class ScriptedBiller(string id) : IBiller
{
    public string BillerId => id;
    public List<WriteOff> WriteOffs { get; } = [];
    public List<StatementLine> Lines { get; } = [];

    public Func<string, BillQueryOutcome> OnQuery { get; set; } = account => new BillQueryOutcome.Owed(
        new BillerBill(account, "B202610-1", "张*", new Money(12_345), new Money(45), "202610"));

    public Func<WriteOff, Task<WriteOffOutcome>> OnWriteOff { get; set; } =
        writeOff => Task.FromResult<WriteOffOutcome>(new WriteOffOutcome.WrittenOff("W-" + writeOff.Number));

    public Task<BillQueryOutcome> QueryAsync(string accountNumber, CancellationToken ct) =>
        Task.FromResult(OnQuery(accountNumber));

    public Task<WriteOffOutcome> WriteOffAsync(WriteOff writeOff, CancellationToken ct)
    {
        lock (WriteOffs)
            WriteOffs.Add(writeOff);
        return OnWriteOff(writeOff);
    }

    public Task<IReadOnlyList<StatementLine>> StatementAsync(DateOnly day, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<StatementLine>>(Lines);
}

/// <summary>The insured-person base: one answer for everybody, the test's.</summary>
internal sealed class ScriptedPersonBase : IInsuredPersonBase
{
    public PersonOutcome Answer { get; set; } = Insured(new Money(30_000));

    public Task<PersonOutcome> FindAsync(string name, IdentityDocument document, CancellationToken ct) =>
        Task.FromResult(Answer);

    public static PersonOutcome Insured(Money balance, bool isActive = true) => new PersonOutcome.Found(
        People.PersonNumber, [new Enrolment(DivisionCode.Parse(People.InsuredPlace), "310", "1101", isActive,
            balance)]);
}
