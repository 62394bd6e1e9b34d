namespace Platform.Hosting.Tests.Simulation;

/// <summary>A clock that stands still until it is told to go on to what somebody waits for next.</summary>
internal sealed class VirtualTime : TimeProvider
{
    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock _one = new();
    private readonly PriorityQueue<(Timer Timer, int Setting), (long At, long Order)> _due = new();
    private long _now;
    private long _order;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public TimeSpan Elapsed => new(GetTimestamp());

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => Beginning + Elapsed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Goes to the next time that somebody waits for, and tells it; false when nobody waits.</summary>
    public bool GoToNext()
    {
        while (true)
        {
            Timer timer;
            lock (_one)
            {
                if (!_due.TryDequeue(out var due, out var when)) return false;
                if (due.Timer.Setting != due.Setting) continue; // it was set anew, or is no more
                _now = Math.Max(_now, when.At);
                timer = due.Timer;
            }
            timer.Ring();
            return true;
        }
    }

    private void Enqueue(Timer timer, int setting, TimeSpan after)
    {
        lock (_one) _due.Enqueue((timer, setting), (_now + after.Ticks, _order++));
    }

    private sealed class Timer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        /// <summary>Changes whenever the timer is set.</summary>
        public int Setting { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            Setting++;
            if (dueTime != Timeout.InfiniteTimeSpan) time.Enqueue(this, Setting, dueTime);
            return true;
        }

        public void Ring()
        {
            if (_period > TimeSpan.Zero) time.Enqueue(this, Setting, _period);
            callback(state);
        }

        public void Dispose() => Setting++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
