using MongoDB.Driver;

namespace Platform.Hosting.Documents.MongoDb;

/// <summary>
/// Asks for the head of the events ten times a second, and at once when this process has committed some: change streams would tell
/// of them, but not whether the server answers.
/// </summary>
internal sealed class MongoEventWatch : IAsyncDisposable
{
    private const string Away = "MongoDB";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly MongoDatabase _database;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _committed = new(0, 1);
    private readonly Lazy<Task> _watching;
    private volatile TaskCompletionSource _next = NewSignal();
    private volatile string? _trouble = Away;
    private long _head;
    private bool _reported;

    public MongoEventWatch(MongoDatabase database, ILogger logger)
    {
        (_database, _logger) = (database, logger);
        _watching = new Lazy<Task>(() => Task.Run(WatchAsync));
    }

    /// <summary>What is waited for: the server, or what must be done to it; null while it answers.</summary>
    public string? Trouble
    {
        get
        {
            _ = _watching.Value;
            return _trouble;
        }
    }

    /// <summary>Completes once the head is above <paramref name="after"/>; waits without end for a server that is away.</summary>
    public async Task WaitAsync(long after, CancellationToken cancellationToken)
    {
        _ = _watching.Value;
        while (true)
        {
            var next = _next.Task;
            if (Interlocked.Read(ref _head) > after) return;
            await next.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Has it look now.</summary>
    public void Wake()
    {
        if (_committed.CurrentCount > 0) return;
        try
        {
            _committed.Release();
        }
        catch (SemaphoreFullException)
        {
            // Another commit was faster.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_watching.IsValueCreated) await _watching.Value;
        _stopping.Dispose();
        _committed.Dispose();
    }

    private async Task WatchAsync()
    {
        try
        {
            while (true)
            {
                await LookAsync();
                await _committed.WaitAsync(Pause, _stopping.Token);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task LookAsync()
    {
        try
        {
            var head = await _database.RunOnceAsync(() => MongoQueries.Head(_database).SingleAsync(_stopping.Token), _stopping.Token);
            (_trouble, _reported) = (null, false);
            Tell(head[MongoNames.Sequence].AsInt64);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !_stopping.IsCancellationRequested)
        {
            Report(exception); // a server that is away while the process stops keeps nothing from stopping
        }
    }

    private void Tell(long sequence)
    {
        if (sequence == Interlocked.Exchange(ref _head, sequence)) return;
        Interlocked.Exchange(ref _next, NewSignal()).TrySetResult();
    }

    /// <summary>An outage is told of once.</summary>
    private void Report(Exception exception)
    {
        if (!_reported) MongoLog.Away(_logger, exception, _database.Name);
        (_trouble, _reported) = (MongoFaults.IsUnfit(exception) ? exception.Message : Away, true);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
