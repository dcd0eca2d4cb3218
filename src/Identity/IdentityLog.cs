namespace Ecert.Identity;

/// <summary>Every sentence this server logs. None carries personal data, a secret, a key or a token.</summary>
internal static partial class IdentityLog
{
    [LoggerMessage(1, LogLevel.Information, "{Request} was refused with {Error} because it does not hold that {Step}.")]
    public static partial void StepRefused(this ILogger log, string request, string step, string error);

    [LoggerMessage(2, LogLevel.Information, "Activation for client {ClientId} was refused: {Reason}.")]
    public static partial void ActivationRefused(this ILogger log, string clientId, string reason);

    [LoggerMessage(3, LogLevel.Information, "Certificate {CertificateId} was issued by {Division}.")]
    public static partial void CertificateIssued(this ILogger log, string certificateId, string division);

    [LoggerMessage(4, LogLevel.Information, "Certificate {CertificateId} was revoked for a newer one of its holder.")]
    public static partial void CertificateReplaced(this ILogger log, string certificateId);

    [LoggerMessage(5, LogLevel.Warning, "A {What} of client {ClientId} was used twice; its grant was revoked.")]
    public static partial void ReuseDetected(this ILogger log, string what, string clientId);

    [LoggerMessage(6, LogLevel.Information, "A TLS client certificate was turned away: {Reason}.")]
    public static partial void ClientCertificateRefused(this ILogger log, string reason);

    [LoggerMessage(7, LogLevel.Warning, "Expired rows could not be swept; the next round tries again.")]
    public static partial void SweepFailed(this ILogger log, Exception exception);

    [LoggerMessage(8, LogLevel.Information, "The identity server answers as issuer {Issuer}.")]
    public static partial void Listening(this ILogger log, string issuer);

    [LoggerMessage(9, LogLevel.Error, "A request to {Path} failed inside.")]
    public static partial void RequestFailed(this ILogger log, string path, Exception? exception);

    [LoggerMessage(11, LogLevel.Warning, "The PIN of subject {Subject} is locked until {Until}.")]
    public static partial void PinLocked(this ILogger log, string subject, DateTimeOffset until);

    [LoggerMessage(12, LogLevel.Information, "Certificate {CertificateId} is {State}.")]
    public static partial void CertificateStateChanged(this ILogger log, string certificateId, string state);

    [LoggerMessage(13, LogLevel.Information, "A one-time code for certificate {CertificateId} was refused: {Reason}.")]
    public static partial void OneTimeCodeRefused(this ILogger log, string certificateId, string reason);

    [LoggerMessage(10, LogLevel.Warning, "The {Counterpart} could not be asked.")]
    public static partial void CounterpartUnavailable(this ILogger log, string counterpart);
}
