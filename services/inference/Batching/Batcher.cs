using Platform.Onnx.Sessions;

namespace Platform.Inference.Batching;

/// <summary>
/// The queue in front of one loaded version, and the runners behind it. Whoever waits when a runner becomes free runs
/// together with the others that fit; each gets its own rows or its own error, exactly once.
/// </summary>
internal sealed class Batcher : IDisposable
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(250);

    private readonly ModelSession _session;
    private readonly TimeProvider _time;
    private readonly int _measuredBatchSize;
    private readonly Lock _gate = new();
    private readonly BatchQueue _queue = new();
    private readonly List<BatchRunner> _runners = [];
    private readonly Stack<BatchRunner> _idle = [];
    private readonly ITimer _delay;
    private readonly ITimer _watch;
    private BatchSettings _settings;

    /// <param name="session">What is run.</param>
    /// <param name="settings">How, for now.</param>
    /// <param name="measuredBatchSize">Rows that are worth a run, where the settings leave that open.</param>
    /// <param name="time">The clock.</param>
    public Batcher(ModelSession session, BatchSettings settings, int measuredBatchSize, TimeProvider time)
    {
        _session = session;
        _measuredBatchSize = measuredBatchSize;
        _settings = settings;
        _time = time;
        _delay = time.CreateTimer(_ => OnDelayPassed(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _watch = time.CreateTimer(_ => Watch(), null, WatchInterval, WatchInterval);
    }

    /// <summary>Takes effect from the next run on.</summary>
    public BatchSettings Settings
    {
        get => Volatile.Read(ref _settings);
        set => Volatile.Write(ref _settings, value);
    }

    /// <summary>Most rows in one run, as set or else as measured.</summary>
    public int MaxBatchSize => Settings.MaxBatchSize ?? _measuredBatchSize;

    /// <summary>Requests that wait now.</summary>
    public int Waiting
    {
        get { lock (_gate) return _queue.Count; }
    }

    /// <summary>Runs in progress now.</summary>
    public int Running
    {
        get { lock (_gate) return _runners.Count(runner => runner.IsRunning); }
    }

    /// <summary>Queues a request that has begun; it ends exactly once.</summary>
    public ValueTask<BatchResult> RunAsync(BatchItem item)
    {
        item.Timings.Queued = _time.GetTimestamp();
        lock (_gate)
        {
            if (_queue.Count >= Settings.MaxQueueLength)
                return ValueTask.FromResult(new BatchResult(BatchStatus.Refused, "Too many requests are waiting for this model."));
            _queue.Add(item);
            Dispatch();
        }

        return item.Result;
    }

    /// <summary>
    /// Ends a request that still waits. False when it is running or has ended: then its result comes as if nothing had happened.
    /// </summary>
    public bool TryRemove(BatchItem item, BatchResult result)
    {
        lock (_gate)
        {
            if (!item.IsWaiting) return false;
            _queue.Remove(item);
        }

        Finish(item, result);
        return true;
    }

    /// <summary>Called when no request is running or waiting any more.</summary>
    public void Dispose()
    {
        _delay.Dispose();
        _watch.Dispose();
        lock (_gate)
        {
            foreach (var runner in _runners) runner.Dispose();
            _runners.Clear();
            _idle.Clear();
        }
    }

    /// <summary>Gives a runner its next batch, or sends it to rest.</summary>
    internal bool TryTake(BatchRunner runner, List<BatchItem> batch)
    {
        lock (_gate)
        {
            // Once at rest, the runner belongs to whoever wakes it: nothing of it may be looked at after the lock.
            if (_runners.Count > Settings.Runners) Retire(runner);
            else if (IsDue()) _queue.Take(MaxBatchSize, batch);
            else _idle.Push(runner);
            return batch.Count > 0;
        }
    }

    internal void Finish(BatchItem item, BatchResult result)
    {
        item.Timings.Completed = _time.GetTimestamp();
        item.Complete(result);
    }

    /// <summary>Wakes a runner if something is to be run and one is free or may still be made.</summary>
    private void Dispatch()
    {
        if (!IsDue()) return;
        if (_idle.TryPop(out var runner)) runner.Start();
        else if (_runners.Count < Settings.Runners) AddRunner().Start();
    }

    private BatchRunner AddRunner()
    {
        var runner = new BatchRunner(this, _session, _time);
        _runners.Add(runner);
        return runner;
    }

    private void Retire(BatchRunner runner)
    {
        _runners.Remove(runner);
        runner.Dispose();
        Dispatch();
    }

    /// <summary>Whether something waits and has waited long enough for company; if not yet, the timer will come back to it.</summary>
    private bool IsDue()
    {
        if (_queue.First is not { } first) return false;
        var settings = Settings;
        var enough = settings.PreferredBatchSize > 0 ? settings.PreferredBatchSize : MaxBatchSize;
        if (settings.MaxDelay <= TimeSpan.Zero || _queue.Rows >= enough || !first.CanShare) return true;

        var left = settings.MaxDelay - _time.GetElapsedTime(first.Timings.Queued);
        if (left <= TimeSpan.Zero) return true;
        _delay.Change(left, Timeout.InfiniteTimeSpan);
        return false;
    }

    private void OnDelayPassed()
    {
        lock (_gate) Dispatch();
    }

    /// <summary>
    /// Stops runs without end or without callers, and lets go what waits for nobody. Looking now and then spares every request a registration
    /// with its caller's connection.
    /// </summary>
    private void Watch()
    {
        List<BatchItem>? abandoned = null;
        lock (_gate)
        {
            foreach (var runner in _runners) runner.StopIfInVain(Settings.MaxRunTime);
            if (_queue.Count > 0) _queue.TakeAbandoned(abandoned = []);
        }

        foreach (var item in abandoned ?? [])
            Finish(item, BatchResult.CallerLeft);
    }
}
