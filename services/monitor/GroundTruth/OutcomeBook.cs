using Platform.Hosting.Documents;
using Platform.Monitor.Predictions;
using Platform.Monitor.State;
using Platform.Monitor.Versions;

namespace Platform.Monitor.GroundTruth;

/// <summary>The rows that can still be labelled, by prediction id: those of recent closed windows, and those of open ones.</summary>
internal sealed class OutcomeBook(GroundTruthOptions options) : ILedgerPart
{
    private readonly Dictionary<(string Model, string Id), (OutcomeBlock Block, int Row)> _closed = [];
    private readonly Dictionary<(string Model, string Id), (VersionKey Version, bool IsOnly)> _open = [];
    private readonly Queue<OutcomeBlock> _byAge = new();
    private readonly HashSet<OutcomeBlock> _changed = [];
    private readonly List<OutcomeBlock> _dropped = [];
    private readonly Dictionary<string, LabelledMeasures> _measured = new(StringComparer.Ordinal);
    private int _rows;

    /// <summary>Labels that wait for a window to close or a prediction to come in.</summary>
    public HeldLabels Held { get; } = new(options.MaxHeld);

    /// <summary>Business outcomes that wait for the same.</summary>
    public HeldOutcomes HeldOutcomes { get; } = new(options.MaxHeld);

    /// <summary>The version that an open window counts the prediction for, or null.</summary>
    public VersionKey? FindOpen(string model, string id) => _open.TryGetValue((model, KeptAs(model, id)), out var open) ? open.Version : null;

    /// <summary>The closed window's row of a prediction, or null.</summary>
    public (OutcomeBlock Block, int Row)? FindClosed(string model, string id) =>
        _closed.TryGetValue((model, KeptAs(model, id)), out var found) ? found : null;

    /// <summary>A row's label, one that still waits for the row's window included; null where it has none.</summary>
    /// <param name="model">The model.</param>
    /// <param name="id">The id under which the row is kept.</param>
    public KnownLabel? LabelOf(string model, string id)
    {
        if (FindClosed(model, id) is var (block, row))
            return block.LabelOf(row);
        var waiting = Held.Of(model, id).Concat(Held.Of(model, RowId.AsFirst(id))).MaxBy(label => label.At);
        return waiting?.Known;
    }

    /// <summary>The labels of a model's rows, those included that still wait for the row's window.</summary>
    public IEnumerable<(VersionKey Version, string Id, KnownLabel Label)> LabelsOf(string model)
    {
        foreach (var block in _byAge.Where(block => block.Key.Model == model))
        {
            for (var row = 0; row < block.Ids.Count; row++)
            {
                // A caller may have used the id again since; then it names the later row.
                var id = block.Ids[row].Text;
                if (block.LabelOf(row) is { } label && _closed.TryGetValue((model, id), out var found) && found == (block, row))
                    yield return (block.Key, id, label);
            }
        }

        foreach (var held in Held.OfModel(model).GroupBy(label => KeptAs(model, label.Id)))
        {
            if (FindOpen(model, held.Key) is { } version && held.MaxBy(label => label.At) is { } latest)
                yield return (version, held.Key, latest.Known);
        }
    }

    public bool Knows(string model, string id) => IsKept(model, KeptAs(model, id));

    /// <summary>Whether the id is that of a request of several rows, each of which is known by an id of its own.</summary>
    public bool KnowsRowsOf(string model, string id) => !Knows(model, id) && IsKept(model, RowId.AsFirst(id));

    /// <summary>Notes that an open window holds a prediction.</summary>
    public void Open(VersionKey version, RowId id) => _open[(version.Model, id.Text)] = (version, id.IsOnly);

    /// <summary>Takes over the rows of a window that has closed, with the labels that waited for it; gives up the oldest rows.</summary>
    public void Close(OutcomeBlock block)
    {
        foreach (var id in block.Ids)
            _open.Remove((block.Key.Model, id.Text));
        Add(block);
        _changed.Add(block);
    }

    public void Change(OutcomeBlock block) => _changed.Add(block);

    /// <summary>Stores what labels say of a closed window.</summary>
    public void Measured(OutcomeBlock block, LabelledMeasures report) => _measured[IdOf(block)] = report;

    public async Task LoadAsync(IDocumentStore documents, CancellationToken cancellationToken)
    {
        var blocks = new List<OutcomeBlock>();
        await foreach (var document in documents.ReadAllAsync<OutcomeDocument>(new(Collections.Outcomes), cancellationToken))
            blocks.Add(OutcomeBlock.Of(document.Value));
        foreach (var block in blocks.OrderBy(block => block.To))
            Add(block);
        await Held.LoadAsync(documents, cancellationToken);
        await HeldOutcomes.LoadAsync(documents, cancellationToken);
    }

    public void Flush(DocumentBatch batch)
    {
        foreach (var block in _changed.Except(_dropped))
            batch.Put(Collections.Outcomes, IdOf(block), block.ToDocument(), expectedRevision: null);
        foreach (var block in _dropped)
            batch.Delete(Collections.Outcomes, IdOf(block));
        foreach (var (id, report) in _measured)
            batch.Put(Collections.Performance, id, report, expectedRevision: null);
        _changed.Clear();
        _dropped.Clear();
        _measured.Clear();
        Held.Flush(batch);
        HeldOutcomes.Flush(batch);
    }

    // An id may itself end like a row, so that what is known as it stands is taken as it stands. Row 2 of several has no row 0.
    private string KeptAs(string model, string id) =>
        !IsKept(model, id) && RowId.AsOnly(id) is { } only && IsOnly(model, only) ? only : id;

    private bool IsKept(string model, string id) => _closed.ContainsKey((model, id)) || _open.ContainsKey((model, id));

    private bool IsOnly(string model, string id) => _closed.TryGetValue((model, id), out var closed)
        ? closed.Block.Ids[closed.Row].IsOnly
        : _open.TryGetValue((model, id), out var open) && open.IsOnly;

    private static string IdOf(OutcomeBlock block) => Collections.WindowId(block.Key, block.Sequence);

    private void Add(OutcomeBlock block)
    {
        for (var row = 0; row < block.Ids.Count; row++)
            _closed[(block.Key.Model, block.Ids[row].Text)] = (block, row);
        _byAge.Enqueue(block);
        _rows += block.Ids.Count;
        while (_rows > options.Horizon && _byAge.Count > 1)
            Drop(_byAge.Dequeue());
    }

    private void Drop(OutcomeBlock block)
    {
        _dropped.Add(block);
        _rows -= block.Ids.Count;
        foreach (var id in block.Ids)
        {
            // A caller may have used the id again since; then it names the later row.
            if (_closed.TryGetValue((block.Key.Model, id.Text), out var found) && found.Block == block)
                _closed.Remove((block.Key.Model, id.Text));
        }
    }
}
