using MongoDB.Driver;

namespace Platform.Hosting.Documents.MongoDb;

/// <summary>What the failures of the driver mean for us.</summary>
internal static class MongoFaults
{
    private const int DuplicateKey = 11000;
    private const int WriteConflict = 112;

    // A label of the driver and the server: the transaction as a whole may be tried again.
    private const string TransientTransaction = "TransientTransactionError";
    private const string UnknownCommit = "UnknownTransactionCommitResult";
    private const string Network = "NetworkError";
    private const string Retryable = "RetryableWriteError";

    /// <summary>Whether the same may succeed a moment later: the server is away, stepping down, starting or overloaded.</summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        MongoConnectionException or MongoConnectionPoolPausedException or MongoWaitQueueFullException => exception is not MongoAuthenticationException,
        MongoNodeIsRecoveringException or MongoNotPrimaryException or TimeoutException => true,
        MongoException { ErrorLabels: var labels } => labels.Any(label => label is TransientTransaction or UnknownCommit or Network or Retryable),
        _ => false,
    };

    /// <summary>Whether another commit was faster at the same document: the whole attempt is to be made again.</summary>
    public static bool IsContention(Exception exception) => exception switch
    {
        MongoCommandException { Code: WriteConflict or DuplicateKey } => true,
        MongoWriteException write => write.WriteError?.Code is WriteConflict or DuplicateKey,
        MongoBulkWriteException bulk => bulk.WriteErrors.Any(error => error.Code is WriteConflict or DuplicateKey),
        _ => false,
    };

    /// <summary>Whether a server answers that can never do what is needed; the message says why.</summary>
    public static bool IsUnfit(Exception exception) => exception is MongoUnfitException or MongoIncompatibleDriverException;

    public static bool IsDuplicate(MongoWriteException exception) => exception.WriteError?.Code == DuplicateKey;
}
