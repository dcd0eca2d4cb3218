namespace Grpc.Core;

/// <summary>Carries what a server call passes on to the calls made for it.</summary>
public abstract class ContextPropagationToken
{
    internal ContextPropagationToken() { }
}

/// <summary>What of a server call is passed on.</summary>
public class ContextPropagationOptions
{
    /// <summary>Everything is passed on.</summary>
    public static readonly ContextPropagationOptions Default = new();

    /// <summary>Chooses what is passed on.</summary>
    public ContextPropagationOptions(bool propagateDeadline = true, bool propagateCancellation = true)
    {
        IsPropagateDeadline = propagateDeadline;
        IsPropagateCancellation = propagateCancellation;
    }

    /// <summary>Whether the deadline is passed on.</summary>
    public bool IsPropagateDeadline { get; }

    /// <summary>Whether cancellation is passed on.</summary>
    public bool IsPropagateCancellation { get; }
}
