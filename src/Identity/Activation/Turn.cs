using Ecert.Identity.Activation.Pages;
using Ecert.Identity.Authorization;

namespace Ecert.Identity.Activation;

/// <summary>How a posted page ends.</summary>
internal abstract record Turn
{
    private Turn() { }

    /// <summary>The next page.</summary>
    public sealed record Next(ActivationState State) : Turn;

    /// <summary>The same page again, saying why and what to do.</summary>
    public sealed record Refused(ActivationState State, Func<Words, string> Why) : Turn;

    /// <summary>Back to the app.</summary>
    public sealed record Leave(string Address) : Turn;

    /// <summary>Another page of the same activation was faster: show where it stands now.</summary>
    public sealed record Overtaken : Turn;
}

/// <summary>A posted page.</summary>
/// <param name="activation">The activation as it was read.</param>
/// <param name="form">What was posted.</param>
internal sealed class Posted(OpenActivation activation, FormFields form)
{
    /// <summary>The activation as last written.</summary>
    public OpenActivation Activation { get; set; } = activation;
    public FormFields Form { get; } = form;
    public ActivationState State => Activation.State;
}
