using Platform.Hosting.Documents;
using Platform.Monitor.State;

namespace Platform.Monitor.GroundTruth;

/// <summary>
/// The labels that wait, bounded by number. They are stored in a fixed number of documents, so that a label rewrites a small
/// one; the document of a label follows from its prediction id.
/// </summary>
internal sealed class HeldLabels(int most)
{
    private const int Buckets = 64;

    private readonly Dictionary<HeldKey, HeldLabel> _labels = [];
    private readonly Queue<HeldKey> _byAge = new();
    private readonly HashSet<int> _changed = [];

    public int Count => _labels.Count;

    /// <summary>Holds a label, in place of an earlier one for the same prediction; the number of labels dropped to make room.</summary>
    public int Hold(HeldLabel label)
    {
        var key = new HeldKey(label.Model, label.Id);
        if (!_labels.TryGetValue(key, out var earlier))
            _byAge.Enqueue(key);
        else if (earlier.At > label.At)
            return 0;
        _labels[key] = label;
        _changed.Add(key.Bucket);

        var dropped = 0;
        while (_labels.Count > most && _byAge.TryDequeue(out var oldest))
            dropped += Remove(oldest) is null ? 0 : 1;
        return dropped;
    }

    /// <summary>Hands over the label of a prediction, or null.</summary>
    public HeldLabel? Take(string model, string id) => Remove(new(model, id));

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

        var buckets = _labels.Where(label => _changed.Contains(label.Key.Bucket)).ToLookup(label => label.Key.Bucket, label => label.Value);
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

    private HeldLabel? Remove(HeldKey key)
    {
        if (!_labels.Remove(key, out var label))
            return null;

        _changed.Add(key.Bucket);
        if (_byAge.Count > 2 * most)
            ForgetTaken();
        return label;
    }

    // Keys that were taken stay in the queue until it has grown too long.
    private void ForgetTaken()
    {
        var waiting = _byAge.Where(_labels.ContainsKey).ToArray();
        _byAge.Clear();
        foreach (var key in waiting)
            _byAge.Enqueue(key);
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
