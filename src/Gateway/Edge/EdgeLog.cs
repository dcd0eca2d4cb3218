namespace Ecert.Gateway.Edge;

/// <summary>What the edge says.</summary>
internal static partial class EdgeLog
{
    [LoggerMessage(1, LogLevel.Error, "The verb {Method} failed; its caller was told INTERNAL and nothing else.")]
    public static partial void VerbFailed(ILogger logger, string method, Exception exception);

    [LoggerMessage(2, LogLevel.Information, "Every call passes, in this order: {Steps}.")]
    public static partial void StepsInOrder(ILogger logger, string steps);

    [LoggerMessage(4, LogLevel.Error, "{Count} audit records could not be written; they are tried again.")]
    public static partial void AuditNotWritten(ILogger logger, int count, Exception exception);

    [LoggerMessage(3, LogLevel.Information, "A call of {Method} was refused at the edge: {Why}.")]
    public static partial void Refused(ILogger logger, string method, string why);
}
