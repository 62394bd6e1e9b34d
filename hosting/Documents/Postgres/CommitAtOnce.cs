using Npgsql;
using Platform.Hosting.Documents.Servers;

namespace Platform.Hosting.Documents.Postgres;

/// <summary>
/// Commits a batch in one round trip, on the assumption that every document is as the batch expects it. The statements of one message are one
/// transaction; the one that finds it otherwise fails, and nothing has happened.
/// </summary>
internal static class CommitAtOnce
{
    /// <summary>Whether it took place; where not, <see cref="CommitAttempt"/> finds out why. Once sent it can no longer be called off.</summary>
    public static async Task<bool> TryAsync(NpgsqlConnection connection, BatchPlan plan, CancellationToken cancellationToken)
    {
        if (plan.PlayAsExpected() is not { } changes) return false;
        cancellationToken.ThrowIfCancellationRequested();
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in Commands(plan, changes)) batch.BatchCommands.Add(command);
        try
        {
            await batch.ExecuteNonQueryAsync(CancellationToken.None);
            return true;
        }
        catch (PostgresException fault) when (IsOtherwise(fault))
        {
            return false;
        }
    }

    private static IEnumerable<NpgsqlBatchCommand> Commands(BatchPlan plan, IReadOnlyList<NetChange> changes)
    {
        yield return CommitStatements.MarkNew(plan);
        if (changes.Any(change => !change.IsNew)) yield return CommitStatements.LockAsExpected(changes);
        if (changes.Where(change => change.IsNew).ToList() is { Count: > 0 } created) yield return CommitStatements.InsertNew(created);
        if (changes.Where(change => change.IsBlind).ToList() is { Count: > 0 } blind) yield return CommitStatements.Upsert(blind);
        foreach (var command in CommitStatements.Others(changes, plan)) yield return command;
    }

    // A document or the mark is there already, another revision is, or two commits wait for each other.
    private static bool IsOtherwise(PostgresException fault) => fault.SqlState
        is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.InvalidTextRepresentation or PostgresErrorCodes.DeadlockDetected;
}
