using Platform.Hosting.Documents;
using Platform.Monitor.State;

namespace Platform.Monitor.Feedback;

/// <summary>
/// Which feedback there is, and how the latest of each prediction judges. What people have written stays in the store: it may be long.
/// </summary>
internal sealed class FeedbackBook(FeedbackOptions options) : ILedgerPart
{
    /// <summary>The indexed field by which a prediction's feedback is found.</summary>
    public const string PredictionField = "prediction";

    private readonly Queue<(string Id, (string Model, string Prediction) Key)> _byAge = new();
    private readonly Dictionary<(string Model, string Prediction), (string Id, string Verdict)> _latest = [];
    private readonly List<PredictionFeedback> _added = [];
    private readonly List<string> _dropped = [];

    /// <summary>How the latest feedback of a prediction judges; null where there is none.</summary>
    public string? VerdictOn(string model, string prediction) =>
        _latest.TryGetValue((model, prediction), out var latest) ? latest.Verdict : null;

    public void Add(PredictionFeedback feedback)
    {
        Note(feedback);
        _added.Add(feedback);
        while (_byAge.Count > options.Keep)
            Drop();
    }

    public async Task LoadAsync(IDocumentStore documents, CancellationToken cancellationToken)
    {
        await foreach (var document in documents.ReadAllAsync<PredictionFeedback>(new(Collections.Feedback), cancellationToken))
            Note(document.Value);
    }

    public void Flush(DocumentBatch batch)
    {
        foreach (var feedback in _added)
            batch.Put(Collections.Feedback, feedback.Id, feedback, expectedRevision: null, IndexOf(feedback.Model, feedback.PredictionId));
        foreach (var id in _dropped)
            batch.Delete(Collections.Feedback, id);
        _added.Clear();
        _dropped.Clear();
    }

    /// <summary>The index of a prediction's feedback: two models may have used one id.</summary>
    public static Dictionary<string, string> IndexOf(string model, string prediction) => new() { [PredictionField] = $"{model}/{prediction}" };

    private void Note(PredictionFeedback feedback)
    {
        var key = (feedback.Model, feedback.PredictionId);
        _byAge.Enqueue((feedback.Id, key));
        _latest[key] = (feedback.Id, feedback.Verdict);
    }

    private void Drop()
    {
        var (id, key) = _byAge.Dequeue();
        _dropped.Add(id);
        if (_latest.TryGetValue(key, out var latest) && latest.Id == id)
            _latest.Remove(key);
    }
}
