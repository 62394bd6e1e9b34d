using System.Globalization;
using Platform.Hosting.Documents;
using Platform.Monitor.State;

namespace Platform.Monitor.Sampling;

/// <summary>The rows that wait for a label, bounded by model and reason.</summary>
internal sealed class ReviewBook(ReviewOptions options) : ILedgerPart
{
    private readonly Dictionary<(string Model, string Prediction), ReviewItem> _items = [];
    private readonly Dictionary<string, SortedDictionary<long, ReviewItem>> _models = new(StringComparer.Ordinal);
    private readonly Dictionary<long, ReviewItem?> _changed = [];
    private long _next = 1;

    /// <summary>The rows that wait under an id: of a model, or of every one that has used the id.</summary>
    public IEnumerable<ReviewItem> Find(string prediction, string? model) =>
        _models.Keys.Where(known => model is null || known == model).Select(known => _items.GetValueOrDefault((known, prediction))).OfType<ReviewItem>();

    /// <summary>The rows of a model in the order in which they came, or those of every model.</summary>
    public IEnumerable<ReviewItem> Of(string? model) => model is null
        ? _items.Values.OrderBy(item => item.Number)
        : _models.TryGetValue(model, out var items) ? items.Values : [];

    /// <summary>Whether another row of the model may wait for a reason; those that have waited too long are taken out first.</summary>
    public bool HasRoom(string model, string reason, DateTimeOffset now)
    {
        if (!_models.TryGetValue(model, out var items))
            return options.PerReason > 0 && _models.Count < options.Models;
        foreach (var old in items.Values.Where(item => now - item.At > options.MaxAge).ToArray())
            Remove(old);
        return items.Values.Count(item => item.Reason == reason) < options.PerReason;
    }

    /// <summary>Takes a row in, unless it waits already or there is no room.</summary>
    public void Add(ReviewItem item)
    {
        var key = (item.Model, item.PredictionId);
        if (_items.ContainsKey(key) || !HasRoom(item.Model, item.Reason, item.At))
            return;
        var numbered = item with { Number = _next };
        Keep(numbered);
        _changed[numbered.Number] = numbered;
    }

    public void Remove(ReviewItem item)
    {
        if (!_items.Remove((item.Model, item.PredictionId), out var kept))
            return;
        var items = _models[item.Model];
        items.Remove(kept.Number);
        if (items.Count == 0)
            _models.Remove(item.Model);
        _changed[kept.Number] = null;
    }

    public async Task LoadAsync(IDocumentStore documents, CancellationToken cancellationToken)
    {
        await foreach (var document in documents.ReadAllAsync<ReviewItem>(new(Collections.Reviews), cancellationToken))
            Keep(document.Value);
    }

    public void Flush(DocumentBatch batch)
    {
        foreach (var (number, item) in _changed)
        {
            var id = number.ToString("d12", CultureInfo.InvariantCulture);
            if (item is null)
                batch.Delete(Collections.Reviews, id);
            else
                batch.Put(Collections.Reviews, id, item, expectedRevision: null);
        }

        _changed.Clear();
    }

    private void Keep(ReviewItem item)
    {
        _items[(item.Model, item.PredictionId)] = item;
        if (!_models.TryGetValue(item.Model, out var items))
            _models[item.Model] = items = [];
        items[item.Number] = item;
        _next = Math.Max(_next, item.Number + 1);
    }
}
