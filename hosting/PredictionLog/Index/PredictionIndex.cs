using Microsoft.Extensions.Options;

namespace Platform.Hosting.PredictionLog.Index;

/// <summary>
/// Where each of the last predictions lies in the prediction log, and in which order they came. Bounded: the oldest is forgotten first. A repeated id stands
/// for its last record.
/// </summary>
public sealed class PredictionIndex(IOptions<PredictionIndexOptions> options)
{
    /// <summary>Records between two places to rebuild from: a place in a log of many partitions is as large as many entries.</summary>
    private const int PlaceInterval = 1_000;

    private const int MostNames = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _numbers = [];
    private readonly List<IndexedPrediction> _ring = []; // the one with number n stands at n modulo the bound
    private readonly Dictionary<string, string> _names = [];
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
                Add(new IndexedPrediction(entry.Id, entry.Position, NameOf(entry.Model), NameOf(entry.Version ?? ""), entry.Time));
            ForgetPlaces();
            (changed, _changed) = (_changed, NewSignal());
        }

        changed.SetResult();
    }

    /// <summary>Where the record with that id lies; null where it is not known.</summary>
    public LogPosition? Find(string id)
    {
        lock (_gate)
            return _numbers.TryGetValue(id, out var number) ? At(number).Position : null;
    }

    /// <summary>
    /// The newest predictions that are wanted, the newest first: at most so many, from behind one of an earlier page on. Null where that one
    /// is not known, or no longer.
    /// </summary>
    public IReadOnlyList<IndexedPrediction>? Newest(LogPosition? behind, Func<IndexedPrediction, bool> wants, int most)
    {
        lock (_gate)
        {
            var number = behind is { } position ? NumberOf(position) : _added;
            if (number is not { } from)
                return null;
            var found = new List<IndexedPrediction>();
            for (var at = from - 1; at >= _added - _ring.Count && found.Count < most; at--)
            {
                var prediction = At(at);
                if (_numbers[prediction.Id] == at && wants(prediction))
                    found.Add(prediction);
            }
            return found;
        }
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

    private void Add(IndexedPrediction prediction)
    {
        // Read again after an interruption.
        if (_numbers.TryGetValue(prediction.Id, out var known) && At(known).Position == prediction.Position)
            return;
        if (_ring.Count < options.Value.IndexedPredictions)
        {
            _ring.Add(prediction);
        }
        else
        {
            var oldest = At(_added);
            if (_numbers.TryGetValue(oldest.Id, out var last) && last == _added - _ring.Count)
                _numbers.Remove(oldest.Id);
            _ring[(int)(_added % _ring.Count)] = prediction;
        }
        _numbers[prediction.Id] = _added++;
    }

    private IndexedPrediction At(long number) => _ring[(int)(number % options.Value.IndexedPredictions)];

    private long? NumberOf(LogPosition position)
    {
        for (var number = _added - 1; number >= _added - _ring.Count; number--)
            if (At(number).Position == position)
                return number;
        return null;
    }

    // Few names for many predictions. Callers make up versions, so that the names are forgotten when there are many.
    private string NameOf(string name)
    {
        if (_names.TryGetValue(name, out var known))
            return known;
        if (_names.Count >= MostNames)
            _names.Clear();
        return _names[name] = name;
    }

    private void Place(LogPosition position)
    {
        _places.Enqueue((_added, position));
        _nextPlace = _added + PlaceInterval;
    }

    /// <summary>Keeps the last place that is not behind the oldest record.</summary>
    private void ForgetPlaces()
    {
        var forgotten = _added - _ring.Count;
        while (_places.Count > 1 && _places.ElementAt(1).Count <= forgotten)
            _places.Dequeue();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
