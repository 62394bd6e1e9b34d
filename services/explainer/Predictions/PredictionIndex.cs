using Microsoft.Extensions.Options;
using Platform.Hosting.PredictionLog;

namespace Platform.Explainer.Predictions;

/// <summary>
/// Where each of the last predictions lies in the prediction log. Bounded: the oldest is forgotten first. A repeated id stands
/// for its last record.
/// </summary>
internal sealed class PredictionIndex(IOptions<ExplainerOptions> options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LogPosition> _positions = [];
    private readonly Queue<(string Id, LogPosition Position)> _order = [];
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Position of the oldest record in the index: where to begin reading to build it again.</summary>
    public LogPosition? Oldest
    {
        get
        {
            lock (_gate)
                return _order.TryPeek(out var oldest) ? oldest.Position : null;
        }
    }

    public void Add(IEnumerable<PredictionLogEntry> entries)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            foreach (var entry in entries)
                Add(entry.Id, entry.Position);
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
        _positions[id] = position;
        _order.Enqueue((id, position));
        while (_order.Count > options.Value.IndexedPredictions)
        {
            var (oldest, where) = _order.Dequeue();
            if (_positions[oldest] == where)
                _positions.Remove(oldest);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
