using Npgsql;
using Platform.Hosting.Outbox;

namespace Platform.Hosting.Documents.Postgres;

/// <summary>Turns at the outbox by an advisory lock, which the server takes back from a process whose connection has ended.</summary>
internal sealed class PostgresTurns(PostgresDatabase database, TimeProvider time)
{
    private const string TryLock = "select pg_try_advisory_lock(122550254464888)"; // the letters of "outbox"
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Waits for the turn, and for the server while it is away.</summary>
    public async Task<OutboxTurn> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await TryTakeAsync(cancellationToken) is { } turn) return turn;
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<OutboxTurn?> TryTakeAsync(CancellationToken cancellationToken)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = await database.ConnectAsync(cancellationToken);
            // Asked for again and again: a statement that waited would hold back PostgreSQL's vacuum all the while.
            while (!await HasLockAsync(connection, cancellationToken)) await Task.Delay(Pause, time, cancellationToken);
            return Watch(connection);
        }
        catch (Exception exception)
        {
            if (connection is not null) await connection.DisposeAsync();
            if (PostgresFaults.IsTransient(exception)) return null;
            throw;
        }
    }

    private static async Task<bool> HasLockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(TryLock, connection);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>The turn lasts as long as the connection.</summary>
    private static OutboxTurn Watch(NpgsqlConnection connection)
    {
        var lost = new CancellationTokenSource();
        var ending = new CancellationTokenSource();
        var watching = WatchAsync();
        return new OutboxTurn(EndAsync, lost.Token);

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
