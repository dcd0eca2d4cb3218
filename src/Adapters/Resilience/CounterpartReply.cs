namespace Ecert.Adapters.Resilience;

/// <summary>What came of one HTTP call to a counterpart. Closed: an answer with its raw bytes, or none.</summary>
internal abstract record CounterpartReply
{
    private CounterpartReply() { }

    /// <summary>An HTTP answer, whatever its status. The bytes are as they arrived: signatures are over them.</summary>
    internal sealed record Answered(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
        : CounterpartReply
    {
        public bool IsSuccess => Status is >= 200 and < 300;

        public string? Header(string name) => Headers.GetValueOrDefault(name);
    }

    /// <summary>No answer: whether the call had its effect, nobody can say.</summary>
    internal sealed record Lost(string Why) : CounterpartReply;
}

/// <summary>Whether a call may be repeated by itself.</summary>
internal enum CallKind
{
    /// <summary>Changes something at the counterpart: made once, its repetition is the caller's decision.</summary>
    Once,

    /// <summary>Changes nothing: repeated after a failure.</summary>
    Repeatable,

    /// <summary>As <see cref="Repeatable"/>, for a file: more time, more bytes.</summary>
    Download,
}
