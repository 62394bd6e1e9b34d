using Platform.Contracts.Explainer;
using Platform.Hosting.Documents;

namespace Platform.Explainer.Jobs;

/// <summary>The explanations of this service as documents, and the events that tell of finished ones.</summary>
internal sealed class ExplanationStore([FromKeyedServices(ExplainerService.Name)] IDocumentStore documents)
{
    private const string Collection = "explanations";
    private const string StateField = "state";
    private const int PageSize = 100;

    public ValueTask<Document<ExplanationRecord>?> FindAsync(string id, CancellationToken cancellationToken) =>
        documents.GetAsync<ExplanationRecord>(Collection, id, cancellationToken);

    /// <summary>Whether other processes may compute explanations too.</summary>
    public bool IsShared => documents.IsShared;

    /// <summary>Explanations that are not finished, oldest id first.</summary>
    public async Task<IReadOnlyList<Document<ExplanationRecord>>> FindQueuedAsync(int limit, CancellationToken cancellationToken)
    {
        var query = new DocumentQuery(Collection)
        {
            Where = new Dictionary<string, string> { [StateField] = ExplanationState.Queued },
            Limit = limit,
        };
        var page = await documents.QueryAsync<ExplanationRecord>(query, cancellationToken);
        return page.Items;
    }

    /// <summary>
    /// Stores a record at the expected revision (0: it is new), with its event if it is finished. False if another has been
    /// there first; nothing has changed then.
    /// </summary>
    public async Task<bool> TryPutAsync(ExplanationRecord record, long expectedRevision, CancellationToken cancellationToken)
    {
        var index = new Dictionary<string, string> { [StateField] = record.State };
        var batch = new DocumentBatch().Put(Collection, record.Id, record, expectedRevision, index);
        if (record.FinishedAt is { } at)
            batch.Put(FinishedExplanation.Collection, FinishedExplanation.IdOf(record.Id, at), new FinishedExplanation(record.Id, at), expectedRevision: null);
        if (record.Explanation is { } explanation)
            batch.Publish(record.Model, Computed(record, explanation.Version, explanation.Method, explanation.PredictionId));
        if (record.Failure is { } failure)
            batch.Publish(record.Model, Failed(record, failure.Code, failure.Detail));
        return await documents.CommitAsync(batch, cancellationToken) is null;
    }

    /// <summary>Removes what was finished before <paramref name="cutoff"/>, and says how many.</summary>
    public async Task<int> RemoveFinishedBeforeAsync(DateTimeOffset cutoff, CancellationToken cancellationToken)
    {
        var removed = 0;
        while (true)
        {
            var query = new DocumentQuery(FinishedExplanation.Collection) { Limit = PageSize };
            var page = await documents.QueryAsync<FinishedExplanation>(query, cancellationToken);
            var expired = page.Items.TakeWhile(finished => finished.Value.At < cutoff).ToList();
            await RemoveAsync(expired, cancellationToken);
            removed += expired.Count;
            if (expired.Count < PageSize)
                return removed;
        }
    }

    private async Task RemoveAsync(List<Document<FinishedExplanation>> expired, CancellationToken cancellationToken)
    {
        var batch = new DocumentBatch();
        foreach (var finished in expired)
            batch.Delete(Collection, finished.Value.Explanation).Delete(FinishedExplanation.Collection, finished.Id);
        if (expired.Count > 0)
            await documents.CommitAsync(batch, cancellationToken);
    }

    private static ExplanationComputed Computed(ExplanationRecord record, string version, string method, string? predictionId) => new()
    {
        ExplanationId = record.Id,
        Model = record.Model,
        Version = version,
        Method = method,
        PredictionId = predictionId,
        At = record.FinishedAt!.Value,
    };

    private static ExplanationFailed Failed(ExplanationRecord record, string code, string reason) => new()
    {
        ExplanationId = record.Id,
        Model = record.Model,
        Code = code,
        Reason = reason,
        At = record.FinishedAt!.Value,
    };
}
