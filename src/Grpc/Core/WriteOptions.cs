namespace Grpc.Core;

/// <summary>How a message is to be written.</summary>
[Flags]
public enum WriteFlags
{
    /// <summary>More messages follow soon, so this one need not be sent on its own.</summary>
    BufferHint = 0x1,

    /// <summary>Do not compress, even where compression is on for the call.</summary>
    NoCompress = 0x2,
}

/// <summary>How messages are to be written.</summary>
public class WriteOptions
{
    /// <summary>No flags.</summary>
    public static readonly WriteOptions Default = new();

    /// <summary>Options with these flags.</summary>
    public WriteOptions(WriteFlags flags = default) => Flags = flags;

    /// <summary>The flags.</summary>
    public WriteFlags Flags { get; }
}
