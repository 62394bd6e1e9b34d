using Microsoft.Extensions.Options;
using Platform.Contracts.Explainer;
using Platform.Explainer.Explanations;
using Platform.Explainer.Settings;
using Platform.Hosting.Documents;
using Platform.Hosting.Work;

namespace Platform.Explainer.Jobs;

/// <summary>The explanations of this service as documents, and the events that tell of ended ones.</summary>
internal sealed class ExplanationStore(
    [FromKeyedServices(ExplainerService.Name)] IDocumentStore documents, IOptions<ExplainerOptions> options, TimeProvider time)
    : WorkStore<ExplanationRecord>(documents, "explanations")
{
    private const string Finished = "finished-explanations";

    public override Task<int> RemoveExpiredAsync(CancellationToken cancellationToken) =>
        RemoveFinishedBeforeAsync(time.GetUtcNow() - options.Value.Retention, cancellationToken);

    /// <summary>Removes what was finished before <paramref name="cutoff"/>, and says how many.</summary>
    public Task<int> RemoveFinishedBeforeAsync(DateTimeOffset cutoff, CancellationToken cancellationToken) => RemoveDueAsync<FinishedExplanation>(
        Finished, finished => finished.At < cutoff, (batch, finished) => Remove(batch, finished.Explanation), cancellationToken);

    protected override ExplanationRecord GiveUp(ExplanationRecord work, DateTimeOffset now) => work.Finish(ExplanationErrors.Failed(), now);

    protected override ExplanationRecord Cancel(ExplanationRecord work, DateTimeOffset now) => work.Cancel(now);

    protected override void End(DocumentBatch batch, ExplanationRecord work)
    {
        var at = work.FinishedAt!.Value;
        batch.Put(Finished, IdOf(at, work.Id), new FinishedExplanation(work.Id, at), expectedRevision: null);
        if (work.Explanation is { } explanation)
            batch.Publish(work.Model, Computed(work, explanation.Version, explanation.Method, explanation.PredictionId));
        if (work.Failure is { } failure)
            batch.Publish(work.Model, Failed(work, failure.Code, failure.Detail));
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

/// <summary>Which explanations go next.</summary>
/// <param name="Explanation">The explanation's id.</param>
/// <param name="At">When it was finished (UTC).</param>
internal sealed record FinishedExplanation(string Explanation, DateTimeOffset At);
