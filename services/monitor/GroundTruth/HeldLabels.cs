using Platform.Hosting.Documents;
using Platform.Monitor.State;

namespace Platform.Monitor.GroundTruth;

/// <summary>
/// The labels that wait, bounded by number. Whether a label is one that its version can have is only seen beside the prediction, so
/// several for one row wait side by side. They are stored in a fixed number of documents, so that a label rewrites a small one; the
/// document of a label follows from its prediction id.
/// </summary>
internal sealed class HeldLabels(int most)
{
    private const int Buckets = 64;
    private const int MostForOneRow = 8;

    private readonly Dictionary<HeldKey, List<HeldLabel>> _labels = [];
    private readonly Queue<(HeldKey Key, string Label)> _byAge = new();
    private readonly HashSet<int> _changed = [];

    public int Count { get; private set; }

    /// <summary>Holds a label beside others for the same row, said again in place of itself; the number of labels dropped to make room.</summary>
    public int Hold(HeldLabel label)
    {
        var key = new HeldKey(label.Model, label.Id);
        if (!_labels.TryGetValue(key, out var held))
            _labels[key] = held = [];
        if (held.Find(known => known.Label == label.Label) is { } said)
        {
            held.Remove(said);
            held.Add(said.At > label.At ? said : label);
            _changed.Add(key.Bucket);
            return 0;
        }

        held.Add(label);
        Count++;
        _changed.Add(key.Bucket);
        _byAge.Enqueue((key, label.Label));
        var dropped = held.Count > MostForOneRow ? Remove(key, held[0].Label) : 0;
        while (Count > most && _byAge.TryDequeue(out var oldest))
            dropped += Remove(oldest.Key, oldest.Label);
        return dropped;
    }

    /// <summary>The labels that wait for a row, in the order in which they came in.</summary>
    public IReadOnlyList<HeldLabel> Of(string model, string id) => _labels.TryGetValue(new(model, id), out var held) ? held : [];

    /// <summary>Hands over the labels of a row in the order in which they came in.</summary>
    public IReadOnlyList<HeldLabel> Take(string model, string id)
    {
        var key = new HeldKey(model, id);
        if (!_labels.Remove(key, out var held))
            return [];

        Count -= held.Count;
        _changed.Add(key.Bucket);
        ForgetTaken();
        return held;
    }

    public async Task LoadAsync(IDocumentStore documents, CancellationToken cancellationToken)
    {
        var labels = new List<HeldLabel>();
        await foreach (var bucket in documents.ReadAllAsync<List<HeldLabel>>(new(Collections.HeldLabels), cancellationToken))
            labels.AddRange(bucket.Value);
        foreach (var label in labels.OrderBy(label => label.ReceivedAt))
            Hold(label);
        _changed.Clear();
    }

    public void Flush(DocumentBatch batch)
    {
        if (_changed.Count == 0)
            return;

        var buckets = _labels.Where(held => _changed.Contains(held.Key.Bucket))
            .SelectMany(held => held.Value, (held, label) => (held.Key.Bucket, label)).ToLookup(held => held.Bucket, held => held.label);
        foreach (var bucket in _changed)
        {
            var id = bucket.ToString("d2");
            if (buckets[bucket].Any())
                batch.Put(Collections.HeldLabels, id, buckets[bucket].ToList(), expectedRevision: null);
            else
                batch.Delete(Collections.HeldLabels, id);
        }

        _changed.Clear();
    }

    private int Remove(HeldKey key, string label)
    {
        if (!_labels.TryGetValue(key, out var held) || held.RemoveAll(known => known.Label == label) == 0)
            return 0;

        if (held.Count == 0)
            _labels.Remove(key);
        Count--;
        _changed.Add(key.Bucket);
        ForgetTaken();
        return 1;
    }

    // Labels that were taken stay in the queue until it has grown too long.
    private void ForgetTaken()
    {
        if (_byAge.Count <= 2 * most)
            return;

        var waiting = _byAge.Where(entry => _labels.TryGetValue(entry.Key, out var held) && held.Exists(known => known.Label == entry.Label))
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
