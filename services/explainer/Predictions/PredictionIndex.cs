using Microsoft.Extensions.Options;
using Platform.Explainer.Settings;
using Platform.Hosting.PredictionLog;

namespace Platform.Explainer.Predictions;

/// <summary>
/// Where each of the last predictions lies in the prediction log. Bounded: the oldest is forgotten first. A repeated id stands
/// for its last record.
/// </summary>
internal sealed class PredictionIndex(IOptions<ExplainerOptions> options)
{
    /// <summary>Records between two places to rebuild from: a place in a log of many partitions is as large as many entries.</summary>
    private const int PlaceInterval = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LogPosition> _positions = [];
    private readonly Queue<(string Id, LogPosition Position)> _order = [];
    private readonly Queue<(long Count, LogPosition Position)> _places = [];
    private long _added;
    private long _nextPlace;
    private TaskCompletionSource _changed = NewSignal();
    private volatile bool _isBuilt;

    /// <summary>Whether it has come to the end of the log once since the start: before, an id that it does not know may be in the log.</summary>
    public bool IsBuilt
    {
        get => _isBuilt;
        set => _isBuilt = value;
    }

    /// <summary>Where to begin reading to build the index again; null while it is empty.</summary>
    public LogPosition? RebuildFrom
    {
        get
        {
            lock (_gate)
                return _places.TryPeek(out var oldest) ? oldest.Position : null;
        }
    }

    /// <summary>Adds consecutive records that were read after a position.</summary>
    public void Add(IEnumerable<PredictionLogEntry> entries, LogPosition after)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            if (_added >= _nextPlace)
                Place(after);
            foreach (var entry in entries)
                Add(entry.Id, entry.Position);
            ForgetPlaces();
            (changed, _changed) = (_changed, NewSignal());
        }

        changed.SetResult();
    }

    public LogPosition? Find(string id)
    {
        lock (_gate)
            return _positions.TryGetValue(id, out var position) ? position : null;
    }

    /// <summary>Waits until <paramref name="find"/> finds something, at most as long as <paramref name="patience"/> reaches.</summary>
    public async Task<T?> WaitAsync<T>(Func<T?> find, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
        where T : class
    {
        using var deadline = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        while (true)
        {
            var changed = Changed();
            if (find() is { } found)
                return found;
            try
            {
                await changed.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return find();
            }
        }
    }

    private Task Changed()
    {
        lock (_gate)
            return _changed.Task;
    }

    private void Add(string id, LogPosition position)
    {
        // Read again after an interruption.
        if (_positions.TryGetValue(id, out var known) && known == position)
            return;
        _positions[id] = position;
        _order.Enqueue((id, position));
        _added++;
        while (_order.Count > options.Value.IndexedPredictions)
        {
            var (oldest, where) = _order.Dequeue();
            if (_positions.TryGetValue(oldest, out var last) && last == where)
                _positions.Remove(oldest);
        }
    }

    private void Place(LogPosition position)
    {
        _places.Enqueue((_added, position));
        _nextPlace = _added + PlaceInterval;
    }

    /// <summary>Keeps the last place that is not behind the oldest record.</summary>
    private void ForgetPlaces()
    {
        var forgotten = _added - _order.Count;
        while (_places.Count > 1 && _places.ElementAt(1).Count <= forgotten)
            _places.Dequeue();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
