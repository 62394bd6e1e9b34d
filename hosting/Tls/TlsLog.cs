namespace Platform.Hosting.Tls;

internal static partial class TlsLog
{
    [LoggerMessage(LogLevel.Information, "New content of the PEM files for {Use} is in force; it ends {NotAfter}")]
    public static partial void Taken(ILogger logger, string use, DateTimeOffset? notAfter);

    [LoggerMessage(LogLevel.Error, "New content of the PEM files for {Use} cannot be used, the old stays: {Reason}")]
    public static partial void Refused(ILogger logger, string use, string reason);

    [LoggerMessage(LogLevel.Warning, "{Refusal}")]
    public static partial void PeerRefused(ILogger logger, string refusal);
}
