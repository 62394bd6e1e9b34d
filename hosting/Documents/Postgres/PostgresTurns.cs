using Npgsql;

namespace Platform.Hosting.Documents.Postgres;

/// <summary>
/// Turns by advisory locks, which the server takes back from a process whose connection has ended. Each turn has a document
/// too, rewritten by whoever takes it: the commits of one who does not know yet that it lost its turn fail on that.
/// </summary>
internal sealed class PostgresTurns(PostgresDatabase database, IDocumentStore documents, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Waits for the turn, and for the server while it is away.</summary>
    public async Task<Turn> TakeAsync(string name, TurnHolder holder, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await TryTakeAsync(name, holder, cancellationToken) is { } turn) return turn;
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<Turn?> TryTakeAsync(string name, TurnHolder holder, CancellationToken cancellationToken)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = await database.ConnectAsync(cancellationToken);
            // Asked for again and again: a statement that waited would hold back PostgreSQL's vacuum all the while.
            while (!await HasLockAsync(connection, name, cancellationToken)) await Task.Delay(Pause, time, cancellationToken);
            return Watch(connection, name, holder, await EnterAsync(name, holder, cancellationToken));
        }
        catch (Exception exception)
        {
            if (connection is not null) await connection.DisposeAsync();
            if (PostgresFaults.IsTransient(exception) || exception is DocumentsUnavailableException) return null;
            throw;
        }
    }

    private static async Task<bool> HasLockAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select pg_try_advisory_lock(hashtextextended($1, 0))", connection);
        command.Parameters.Add(Parameters.Text(name));
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>Rewrites the turn's document and returns its revision.</summary>
    private async Task<long> EnterAsync(string name, TurnHolder holder, CancellationToken cancellationToken)
    {
        await documents.CommitAsync(new DocumentBatch().Put(Turn.Collection, name, holder, expectedRevision: null), cancellationToken);
        return (await documents.GetAsync<TurnHolder>(Turn.Collection, name, cancellationToken))!.Revision;
    }

    /// <summary>The turn lasts as long as the connection.</summary>
    private static Turn Watch(NpgsqlConnection connection, string name, TurnHolder holder, long revision)
    {
        var lost = new CancellationTokenSource();
        var ending = new CancellationTokenSource();
        var watching = WatchAsync();
        return Turn.Shared(name, holder, revision, EndAsync, lost.Token);

        async Task WatchAsync()
        {
            try
            {
                while (true) await connection.WaitAsync(ending.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException || PostgresFaults.IsTransient(exception))
            {
                await lost.CancelAsync();
            }
        }

        async ValueTask EndAsync()
        {
            await ending.CancelAsync();
            await watching;
            await connection.DisposeAsync();
            lost.Dispose();
            ending.Dispose();
        }
    }
}
