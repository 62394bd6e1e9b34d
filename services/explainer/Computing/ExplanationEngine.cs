using System.Diagnostics;
using Platform.Explainer.Explanations;
using Platform.Explainer.Models;
using Platform.Explainer.Rows;
using Platform.Hosting.Errors;
using Platform.Onnx.Sessions;

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
        var result = await GuardAsync(() => ComputeAsync(subject, request, either.Token), limit, cancellationToken);

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

    /// <summary>Turns what a model, its file, the clock or an absent registry can do to an explanation into refusals.</summary>
    private static async Task<Result<Explanation>> GuardAsync(
        Func<Task<Result<Explanation>>> compute, TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            return await compute();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ExplanationErrors.TimeLimit(limit);
        }
        catch (ModelLoadException exception)
        {
            return ModelErrors.NotLoadable(exception.Message);
        }
        catch (ModelRunException exception)
        {
            return ModelErrors.RunFailed(exception.Message);
        }
        catch (ModelWorkerException exception)
        {
            return exception.RetryAfter is null ? ModelErrors.WorkerDied(exception.Message) : ModelErrors.WorkerAway(exception.Message);
        }
        catch (OutputShapeException exception)
        {
            return ModelErrors.OutputShape(exception.Message);
        }
        catch (HttpRequestException)
        {
            return ModelErrors.RegistryAway();
        }
    }
}
