using Platform.Hosting.Documents;
using Platform.Monitor.Baselines;
using Platform.Monitor.Detectors;
using Platform.Monitor.State;
using Platform.Monitor.Versions;

namespace Platform.Monitor.GroundTruth;

/// <summary>The versions' streams of labelled predictions. They are stored with the labels, so that none is counted twice or lost.</summary>
internal sealed class ErrorStreamBook : ILedgerPart
{
    private readonly Dictionary<VersionKey, ErrorStream> _streams = [];
    private readonly HashSet<ErrorStream> _changed = [];

    /// <summary>The version's stream; null before its first label.</summary>
    public ErrorStream? Find(VersionKey version) => _streams.GetValueOrDefault(version);

    /// <summary>
    /// Labels a row of a closed window, and shows the detectors what that says of the prediction. Only a row's first label is shown: one
    /// that corrects it comes too late for a stream.
    /// </summary>
    /// <returns>Whether the prediction was wrong; null where nothing was shown.</returns>
    public bool? Label(OutcomeBlock block, int row, HeldLabel label, Baseline baseline)
    {
        var isFirst = block.Outcomes.Labels[row] is null;
        block.Label(row, label.Known);
        if (!isFirst || RowErrors.Of(baseline, block.Outcomes.Predictions[row], label.Label) is not { } wrong)
            return null;

        if (!_streams.TryGetValue(block.Key, out var stream))
            _streams[block.Key] = stream = new(block.Key);
        block.Changes.UnionWith(stream.Add(wrong, label.At));
        _changed.Add(stream);
        return wrong;
    }

    public async Task LoadAsync(IDocumentStore documents, CancellationToken cancellationToken)
    {
        await foreach (var document in documents.ReadAllAsync<ErrorStreamDocument>(new(Collections.ErrorStreams), cancellationToken))
        {
            var stream = ErrorStream.Of(document.Value);
            _streams[stream.Key] = stream;
        }
    }

    public void Flush(DocumentBatch batch)
    {
        foreach (var stream in _changed)
            batch.Put(Collections.ErrorStreams, stream.Key.ToString(), stream.ToDocument(), expectedRevision: null);
        _changed.Clear();
    }
}
