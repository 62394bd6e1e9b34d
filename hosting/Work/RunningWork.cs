using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Platform.Hosting.Work;

/// <summary>The work that this process is at, so that none is done twice here and each piece can be stopped.</summary>
public sealed class RunningWork<T>(TimeProvider time) where T : WorkRecord
{
    private readonly ConcurrentDictionary<string, Entry> _running = [];
    private long _lastBegun = time.GetTimestamp();

    /// <summary>How many pieces that is.</summary>
    public int Count => _running.Count;

    /// <summary>How long ago one was last begun here.</summary>
    public TimeSpan SinceLastBegun => time.GetElapsedTime(Interlocked.Read(ref _lastBegun));

    /// <summary>Those whose documents say so.</summary>
    internal IReadOnlyList<string> Begun => [.. _running.Where(entry => entry.Value.IsBegun).Select(entry => entry.Key)];

    internal bool Contains(string id) => _running.ContainsKey(id);

    /// <summary>False when this process is at it already.</summary>
    internal bool TryEnter(string id, CancellationToken stopping, [NotNullWhen(true)] out Entry? entry)
    {
        Interlocked.Exchange(ref _lastBegun, time.GetTimestamp());
        entry = new Entry(this, id, CancellationTokenSource.CreateLinkedTokenSource(stopping));
        if (_running.TryAdd(id, entry)) return true;
        entry.Stop.Dispose();
        entry = null;
        return false;
    }

    /// <summary>Stops work if this process is at it: it leaves whatever queue it is in; what has been begun comes to nothing.</summary>
    internal void Cancel(string id)
    {
        if (_running.TryGetValue(id, out var entry)) entry.Cancel();
    }

    /// <summary>Work that this process is at, until it is disposed of.</summary>
    internal sealed class Entry(RunningWork<T> owner, string id, CancellationTokenSource stop) : IDisposable
    {
        private readonly Lock _gate = new();
        private bool _left;

        internal CancellationTokenSource Stop => stop;

        /// <summary>Whether its document names this process.</summary>
        internal volatile bool IsBegun;

        /// <summary>Cancelled when the work is to stop.</summary>
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
