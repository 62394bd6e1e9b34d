using Platform.Hosting.Documents;

namespace Platform.Monitor.GroundTruth;

/// <summary>
/// What has been said of rows and waits for them, bounded by number; several things that were said of one row wait side by side. They are stored
/// in a fixed number of documents, so that one more rewrites a small one; its document follows from the prediction id.
/// </summary>
/// <param name="collection">Where they are stored.</param>
/// <param name="most">How many may wait; the oldest are dropped beyond that.</param>
/// <param name="mostForOneRow">How many of them for one row.</param>
internal abstract class HeldRows<T>(string collection, int most, int mostForOneRow) where T : class, IHeldRow<T>
{
    private const int Buckets = 64;

    private readonly Dictionary<HeldKey, List<T>> _rows = [];
    private readonly Queue<(HeldKey Key, string What)> _byAge = new();
    private readonly HashSet<int> _changed = [];

    public int Count { get; private set; }

    protected IEnumerable<T> All => _rows.Values.SelectMany(held => held);

    /// <summary>Holds one beside others for the same row, or in place of what said the same; how many were dropped to make room.</summary>
    public int Hold(T row)
    {
        var key = new HeldKey(row.Model, row.Id);
        if (!_rows.TryGetValue(key, out var held))
            _rows[key] = held = [];
        if (held.Find(known => known.What == row.What) is { } said)
        {
            held.Remove(said);
            held.Add(T.Choose(said, row));
            _changed.Add(key.Bucket);
            return 0;
        }

        held.Add(row);
        Count++;
        _changed.Add(key.Bucket);
        _byAge.Enqueue((key, row.What));
        var dropped = held.Count > mostForOneRow ? Remove(key, held[0].What) : 0;
        while (Count > most && _byAge.TryDequeue(out var oldest))
            dropped += Remove(oldest.Key, oldest.What);
        return dropped;
    }

    /// <summary>What waits for a row, in the order in which it came in.</summary>
    public IReadOnlyList<T> Of(string model, string id) => _rows.TryGetValue(new(model, id), out var held) ? held : [];

    /// <summary>Hands over what waits for a row in the order in which it came in.</summary>
    public IReadOnlyList<T> Take(string model, string id)
    {
        var key = new HeldKey(model, id);
        if (!_rows.Remove(key, out var held))
            return [];

        Count -= held.Count;
        _changed.Add(key.Bucket);
        ForgetTaken();
        return held;
    }

    public async Task LoadAsync(IDocumentStore documents, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await foreach (var bucket in documents.ReadAllAsync<List<T>>(new(collection), cancellationToken))
            rows.AddRange(bucket.Value);
        foreach (var row in rows.OrderBy(row => row.ReceivedAt))
            Hold(row);
        _changed.Clear();
    }

    public void Flush(DocumentBatch batch)
    {
        if (_changed.Count == 0)
            return;

        var buckets = _rows.Where(held => _changed.Contains(held.Key.Bucket))
            .SelectMany(held => held.Value, (held, row) => (held.Key.Bucket, row)).ToLookup(held => held.Bucket, held => held.row);
        foreach (var bucket in _changed)
        {
            var id = bucket.ToString("d2");
            if (buckets[bucket].Any())
                batch.Put(collection, id, buckets[bucket].ToList(), expectedRevision: null);
            else
                batch.Delete(collection, id);
        }

        _changed.Clear();
    }

    private int Remove(HeldKey key, string what)
    {
        if (!_rows.TryGetValue(key, out var held) || held.RemoveAll(known => known.What == what) == 0)
            return 0;

        if (held.Count == 0)
            _rows.Remove(key);
        Count--;
        _changed.Add(key.Bucket);
        ForgetTaken();
        return 1;
    }

    // What was taken stays in the queue until it has grown too long.
    private void ForgetTaken()
    {
        if (_byAge.Count <= 2 * most)
            return;

        var waiting = _byAge.Where(entry => _rows.TryGetValue(entry.Key, out var held) && held.Exists(known => known.What == entry.What))
            .Distinct().ToArray();
        _byAge.Clear();
        foreach (var entry in waiting)
            _byAge.Enqueue(entry);
    }

    private readonly record struct HeldKey(string Model, string Id)
    {
        // Must be the same in every process, which string.GetHashCode is not.
        public int Bucket
        {
            get
            {
                var hash = 2166136261u;
                foreach (var c in Id)
                    hash = (hash ^ c) * 16777619u;
                return (int)(hash % Buckets);
            }
        }
    }
}
