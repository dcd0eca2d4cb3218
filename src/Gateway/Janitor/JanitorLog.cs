namespace Ecert.Gateway.Janitor;

/// <summary>What the janitor says.</summary>
internal static partial class JanitorLog
{
    [LoggerMessage(201, LogLevel.Error, "Looking for unfinished records of {Business} failed; it is tried again.")]
    public static partial void LookFailed(ILogger logger, string business, Exception exception);

    [LoggerMessage(202, LogLevel.Warning, "Going on with {Record} failed; it is tried again.")]
    public static partial void ResumeFailed(ILogger logger, string record, Exception exception);
}
