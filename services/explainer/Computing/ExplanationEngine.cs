using System.Diagnostics;
using Platform.Explainer.Explanations;
using Platform.Explainer.Models;
using Platform.Explainer.Rows;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Computing;

/// <summary>Computes explanations: loads the model, reads the rows, and has the method divide each row's prediction.</summary>
internal sealed class ExplanationEngine(
    ModelCache models, RowsExplainer rows, ExplanationMetrics metrics, TimeProvider time, ILogger<ExplanationEngine> logger)
{
    private static readonly ActivitySource Activities = new("Platform.Explainer");

    /// <summary>
    /// Explains a subject within a time limit. Refusals are values; what is thrown is the caller's own cancellation or a fault
    /// of this service.
    /// </summary>
    public async Task<Result<Explanation>> ExplainAsync(
        string id, Subject subject, ExplanationRequest request, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var activity = Activities.StartActivity("explain");
        activity?.SetTag("model", subject.Version.Model).SetTag("version", subject.Version.Version);
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var started = time.GetTimestamp();
        var result = await ModelGuard.RunAsync(
            () => ComputeAsync(subject, request, either.Token), ExplanationErrors.TimeLimit(limit), cancellationToken);

        var elapsed = time.GetElapsedTime(started);
        Report(id, subject, result, elapsed);
        return result.Succeeded(out var explanation, out var error)
            ? explanation with { Id = id, DurationMs = (long)elapsed.TotalMilliseconds }
            : error;
    }

    private void Report(string id, Subject subject, Result<Explanation> result, TimeSpan elapsed)
    {
        var (model, version) = (subject.Version.Model, subject.Version.Version);
        if (result.Succeeded(out var explanation, out var error))
        {
            metrics.Computed(explanation.Method, explanation.Evaluations, elapsed);
            ComputingLog.Computed(logger, id, model, version, explanation.Method, explanation.Evaluations, elapsed.TotalMilliseconds);
        }
        else
        {
            metrics.Refused(error.Code);
            ComputingLog.Refused(logger, id, model, version, error.Code);
        }
    }

    private async Task<Result<Explanation>> ComputeAsync(Subject subject, ExplanationRequest request, CancellationToken cancellationToken)
    {
        using var lease = await models.RentAsync(subject.Version, cancellationToken);
        var session = lease.Model.Session;
        var reference = RowsExplainer.NeedsReference(session, subject, request)
            ? await lease.Model.GetReferenceAsync(cancellationToken)
            : ReferenceRows.None;
        // Seconds of pure computation do not belong on the threads that answer requests.
        return await Task.Factory.StartNew(
            () => rows.Explain(lease.Model, subject, reference, request, cancellationToken),
            cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }
}
