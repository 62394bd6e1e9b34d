using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Platform.Inference.Jobs;

/// <summary>The jobs that this process is at, so that none is run twice here and each can be stopped.</summary>
internal sealed class RunningJobs(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Entry> _running = [];
    private long _lastBegun = time.GetTimestamp();

    public int Count => _running.Count;

    /// <summary>How long ago a job was last begun here.</summary>
    public TimeSpan SinceLastBegun => time.GetElapsedTime(Interlocked.Read(ref _lastBegun));

    public bool Contains(string id) => _running.ContainsKey(id);

    /// <summary>False when this process is at it already.</summary>
    public bool TryEnter(string id, CancellationToken stopping, [NotNullWhen(true)] out Entry? entry)
    {
        Interlocked.Exchange(ref _lastBegun, time.GetTimestamp());
        entry = new Entry(this, id, CancellationTokenSource.CreateLinkedTokenSource(stopping));
        if (_running.TryAdd(id, entry)) return true;
        entry.Stop.Dispose();
        entry = null;
        return false;
    }

    /// <summary>Stops a job if this process runs it: it leaves its model's queue; a run that has begun comes to nothing.</summary>
    public void Cancel(string id)
    {
        if (_running.TryGetValue(id, out var entry)) entry.Cancel();
    }

    /// <summary>A job that this process is at, until it is disposed of.</summary>
    internal sealed class Entry(RunningJobs owner, string id, CancellationTokenSource stop) : IDisposable
    {
        private readonly Lock _gate = new();
        private bool _left;

        internal CancellationTokenSource Stop => stop;

        /// <summary>Cancelled when the job is to stop.</summary>
        public CancellationToken Token { get; } = stop.Token;

        public void Cancel()
        {
            lock (_gate)
            {
                if (!_left) stop.Cancel();
            }
        }

        public void Dispose()
        {
            lock (_gate) _left = true;
            owner._running.TryRemove(id, out _);
            stop.Dispose();
        }
    }
}
