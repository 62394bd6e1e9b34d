using Platform.Contracts.Explainer;
using Platform.Hosting.Documents;

namespace Platform.Explainer.Jobs;

/// <summary>The explanations of this service as documents, and the events that tell of finished ones.</summary>
internal sealed class ExplanationStore([FromKeyedServices(ExplainerService.Name)] IDocumentStore documents)
{
    private const string Collection = "explanations";
    private const string StateField = "state";

    public ValueTask<Document<ExplanationRecord>?> FindAsync(string id, CancellationToken cancellationToken) =>
        documents.GetAsync<ExplanationRecord>(Collection, id, cancellationToken);

    /// <summary>Queued explanations, oldest id first.</summary>
    public async Task<IReadOnlyList<ExplanationRecord>> FindQueuedAsync(int limit, CancellationToken cancellationToken)
    {
        var query = new DocumentQuery(Collection)
        {
            Where = new Dictionary<string, string> { [StateField] = ExplanationState.Queued },
            Limit = limit,
        };
        var page = await documents.QueryAsync<ExplanationRecord>(query, cancellationToken);
        return [.. page.Items.Select(item => item.Value)];
    }

    /// <summary>
    /// Stores a record at the expected revision (0: it is new), with its event if it is finished. False if another has been
    /// there first; nothing has changed then.
    /// </summary>
    public async Task<bool> TryPutAsync(ExplanationRecord record, long expectedRevision, CancellationToken cancellationToken)
    {
        var index = new Dictionary<string, string> { [StateField] = record.State };
        var batch = new DocumentBatch().Put(Collection, record.Id, record, expectedRevision, index);
        if (record.Explanation is { } explanation)
            batch.Publish(record.Model, Computed(record, explanation.Version, explanation.Method, explanation.PredictionId));
        if (record.Failure is { } failure)
            batch.Publish(record.Model, Failed(record, failure.Code, failure.Detail));
        return await documents.CommitAsync(batch, cancellationToken) is null;
    }

    /// <summary>
    /// Removes what was finished before <paramref name="cutoff"/>. Our ids sort by time, so it stops at the first page that has none.
    /// </summary>
    public async Task<int> RemoveFinishedBeforeAsync(DateTimeOffset cutoff, CancellationToken cancellationToken)
    {
        var removed = 0;
        string? after = null;
        do
        {
            var page = await documents.QueryAsync<ExplanationRecord>(new DocumentQuery(Collection) { After = after }, cancellationToken);
            var expired = page.Items.Where(item => item.Value.FinishedAt < cutoff).ToList();
            if (expired.Count == 0)
                break;
            await RemoveAsync(expired, cancellationToken);
            removed += expired.Count;
            after = page.Next;
        }
        while (after is not null);

        return removed;
    }

    private async Task RemoveAsync(List<Document<ExplanationRecord>> expired, CancellationToken cancellationToken)
    {
        var batch = new DocumentBatch();
        foreach (var document in expired)
            batch.Delete(Collection, document.Id);
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
