namespace Platform.Hosting.Documents.MongoDb;

internal static partial class MongoLog
{
    [LoggerMessage(LogLevel.Warning, "MongoDB's database {Database} cannot be used now; trying until it can")]
    public static partial void Away(ILogger logger, Exception exception, string database);
}
