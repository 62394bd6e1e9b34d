using Npgsql;
using Platform.Hosting.Documents.Servers;

namespace Platform.Hosting.Documents.Postgres;

/// <summary>Commits a batch exactly once, however often the connection breaks on the way: at once where its documents are as expected.</summary>
internal sealed class CommitRunner(PostgresDatabase database, TimeProvider time)
{
    private const int ForgetEvery = 1000;
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    private int _commits;

    public Task<DocumentConflict?> RunAsync(BatchPlan plan, CancellationToken cancellationToken) =>
        database.RunAsync(async connection =>
        {
            var conflict = await CommitAtOnce.TryAsync(connection, plan, cancellationToken)
                ? null
                : await CommitStepByStepAsync(connection, plan, cancellationToken);
            if (Interlocked.Increment(ref _commits) % ForgetEvery == 1) await ForgetAsync(connection, cancellationToken);
            return conflict;
        }, cancellationToken);

    private static async Task<DocumentConflict?> CommitStepByStepAsync(NpgsqlConnection connection, BatchPlan plan, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await new CommitAttempt(connection, plan).RunAsync(cancellationToken) is { } outcome) return outcome.Conflict;
        }
    }

    /// <summary>Removes the ids of commits that nobody will attempt again.</summary>
    private async Task ForgetAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("delete from commits where id < $1", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = Guid.CreateVersion7(time.GetUtcNow() - Remembered) });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
