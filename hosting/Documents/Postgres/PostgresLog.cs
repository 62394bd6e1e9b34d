namespace Platform.Hosting.Documents.Postgres;

internal static partial class PostgresLog
{
    [LoggerMessage(LogLevel.Warning, "PostgreSQL's database {Database} does not answer; trying until it does")]
    public static partial void Away(ILogger logger, Exception exception, string database);
}
