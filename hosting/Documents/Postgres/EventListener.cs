using System.Security.Authentication;
using Npgsql;

namespace Platform.Hosting.Documents.Postgres;

/// <summary>
/// Hears of committed events on a connection of its own. Whoever waits is also woken when that connection has been made anew:
/// something may have been missed.
/// </summary>
internal sealed class EventListener : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly PostgresDatabase _database;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lazy<Task> _listening;
    private volatile TaskCompletionSource _next = NewSignal();
    private volatile bool _isConnected;
    private bool _reported;

    public EventListener(PostgresDatabase database, TimeProvider time, ILogger logger)
    {
        (_database, _time, _logger) = (database, time, logger);
        _listening = new Lazy<Task>(() => Task.Run(ListenAsync));
    }

    /// <summary>Completes when there may be something new.</summary>
    public Task Next
    {
        get
        {
            _ = _listening.Value;
            return _next.Task;
        }
    }

    /// <summary>Whether the server answers, as far as this connection knows.</summary>
    public bool IsConnected
    {
        get
        {
            _ = _listening.Value;
            return _isConnected;
        }
    }

    /// <summary>What was wanted of a certificate that the server did not show when it was last asked; null when it did, or did not answer at all.</summary>
    public string? Refusal { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_listening.IsValueCreated) await _listening.Value;
        _stopping.Dispose();
    }

    private async Task ListenAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await ListenOnceAsync();
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Report(exception);
            }
            await Task.Delay(Pause, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenOnceAsync()
    {
        await using var connection = await _database.ConnectAsync(_stopping.Token);
        connection.Notification += (_, _) => Signal();
        await using (var listen = new NpgsqlCommand("listen events", connection)) await listen.ExecuteNonQueryAsync(_stopping.Token);
        (_isConnected, _reported, Refusal) = (true, false, null);
        Signal();
        while (true) await connection.WaitAsync(_stopping.Token);
    }

    /// <summary>An outage is told of once.</summary>
    private void Report(Exception exception)
    {
        if (!_reported) PostgresLog.Away(_logger, exception, _database.Name);
        (_isConnected, _reported, Refusal) = (false, true, exception.GetBaseException() is AuthenticationException ? _database.WantedCertificate : null);
    }

    private void Signal() => Interlocked.Exchange(ref _next, NewSignal()).TrySetResult();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
