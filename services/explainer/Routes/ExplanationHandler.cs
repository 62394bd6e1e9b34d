using Microsoft.Extensions.Options;
using Platform.Explainer.Computing;
using Platform.Explainer.Explanations;
using Platform.Explainer.Jobs;
using Platform.Explainer.Settings;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Routes;

/// <summary>Answers requests for explanations, at once or later.</summary>
internal sealed class ExplanationHandler(
    SubjectFinder subjects, ExplanationEngine engine, ExplanationTurns turns, ExplanationStore store, ExplanationQueue queue,
    IOptions<ExplainerOptions> options, TimeProvider time)
{
    /// <summary>Computes while the caller waits. The result is stored, so that its id can be read again.</summary>
    public async Task<Result<Explanation>> ExplainAsync(string model, ExplanationRequest request, CancellationToken cancellationToken)
    {
        var subject = await FindAsync(model, request, cancellationToken);
        if (!subject.Succeeded(out var found, out var error))
            return error;
        using var turn = await turns.TakeAsync(cancellationToken);
        if (!turn.IsAcquired)
            return ExplanationErrors.Busy();

        var record = new ExplanationRecord { Id = NewId(), Model = model, CreatedAt = time.GetUtcNow() };
        var result = await engine.ExplainAsync(record.Id, found, request, options.Value.SyncTimeLimit, cancellationToken);
        if (result.Error is null)
            await store.TryPutAsync(record.Finish(result, time.GetUtcNow()), expectedRevision: 0, cancellationToken);
        return result;
    }

    /// <summary>Accepts the request for later. The version is fixed now: an alias may have moved by then.</summary>
    public async Task<Result<QueuedExplanation>> QueueAsync(string model, ExplanationRequest request, CancellationToken cancellationToken)
    {
        var subject = await FindAsync(model, request, cancellationToken);
        return subject.Succeeded(out var found, out var error)
            ? await queue.AcceptAsync(NewId(), model, request with { Version = found.Version.Version }, cancellationToken)
            : error;
    }

    private async Task<Result<Subject>> FindAsync(string model, ExplanationRequest request, CancellationToken cancellationToken) =>
        ExplanationRules.Check(request) is { } error ? error : await subjects.FindAsync(model, request, cancellationToken);

    private string NewId() => Guid.CreateVersion7(time.GetUtcNow()).ToString();
}
