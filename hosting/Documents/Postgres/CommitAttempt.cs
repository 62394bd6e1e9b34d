using Npgsql;
using Platform.Hosting.Documents.Servers;

namespace Platform.Hosting.Documents.Postgres;

/// <summary>
/// One attempt to commit a batch, in three round trips: lock and read what is there, write, commit. Locks are taken in one order
/// by every commit and the events' last, so that commits wait for one another but never in a circle.
/// </summary>
internal sealed class CommitAttempt(NpgsqlConnection connection, BatchPlan plan)
{
    /// <summary>What came of it; null when another commit created the same document at the same time and it must be repeated.</summary>
    public async Task<CommitOutcome?> RunAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await LockAsync(cancellationToken) is not { } stored) return CommitOutcome.Committed;
        var changes = plan.Play(stored, out var conflict);
        if (conflict is not null) return new CommitOutcome(conflict);
        if (!await WriteAsync(changes, cancellationToken)) return null;
        await transaction.CommitAsync(CancellationToken.None); // from here on it can no longer be called off
        return CommitOutcome.Committed;
    }

    /// <summary>The revisions of the documents that exist; null when an earlier attempt has committed after all.</summary>
    private async Task<Dictionary<Target, long>?> LockAsync(CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        var mark = CommitStatements.Mark(plan);
        batch.BatchCommands.Add(mark);
        batch.BatchCommands.Add(CommitStatements.Lock(plan.Targets));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var revisions = new Dictionary<Target, long>();
        while (await reader.ReadAsync(cancellationToken))
            revisions.Add(new Target(reader.GetString(0), reader.GetString(1)), reader.GetInt64(2));
        return mark.RecordsAffected == 1 ? revisions : null;
    }

    /// <summary>False when a document that was not there has been created meanwhile.</summary>
    private async Task<bool> WriteAsync(IReadOnlyList<NetChange> changes, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        var inserts = changes.Where(change => change.IsInsert).ToList();
        var insert = inserts.Count > 0 ? CommitStatements.Insert(inserts) : null;
        if (insert is not null) batch.BatchCommands.Add(insert);
        foreach (var command in CommitStatements.Others(changes, plan)) batch.BatchCommands.Add(command);
        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(cancellationToken);
        return insert is null || insert.RecordsAffected == inserts.Count;
    }
}
