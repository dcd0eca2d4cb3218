namespace Ecert.Identity.Authorization;

/// <summary>
/// One named check or deed of a protocol request. It refuses by returning an error, and goes on with null.
/// </summary>
/// <param name="Name">What holds once the step has passed, as a sentence's end: "the code is known".</param>
/// <param name="RunAsync">The step.</param>
internal sealed record Step<TRequest>(string Name, Func<TRequest, CancellationToken, ValueTask<OAuthError?>> RunAsync)
{
    /// <summary>A step that needs no waiting.</summary>
    public Step(string name, Func<TRequest, OAuthError?> run)
        : this(name, (request, _) => ValueTask.FromResult(run(request))) { }
}

/// <summary>A protocol request as the ordered list of its steps. Reading the table is reading the protocol.</summary>
/// <param name="Request">The request's name in logs.</param>
/// <param name="Steps">The steps in the order they run.</param>
internal sealed record StepTable<TRequest>(string Request, IReadOnlyList<Step<TRequest>> Steps)
{
    /// <summary>Runs the steps until one refuses; the refusing step is logged by name.</summary>
    public async Task<OAuthError?> RunAsync(TRequest request, ILogger log, CancellationToken ct)
    {
        foreach (var step in Steps)
        {
            var error = await step.RunAsync(request, ct);
            if (error is null)
                continue;
            log.StepRefused(Request, step.Name, error.Error);
            return error;
        }
        return null;
    }
}
