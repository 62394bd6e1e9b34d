using Microsoft.Extensions.Options;
using Platform.Contracts.Registry;
using Platform.Explainer.Computing;
using Platform.Explainer.Models;
using Platform.Explainer.References;
using Platform.Explainer.Settings;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Global;

/// <summary>Loads a version and its reference rows, and has something measured on them, off the threads that answer requests.</summary>
internal sealed class GlobalEngine(ModelCache models, ExplanationMetrics metrics, IOptions<ExplainerOptions> options, TimeProvider time)
{
    /// <param name="method">What is measured, for the metrics.</param>
    /// <param name="version">The version.</param>
    /// <param name="question">Which rows and numbers.</param>
    /// <param name="measure">Measures them.</param>
    /// <param name="work">Is told how far it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Result<IGlobalAnswer>> ComputeAsync(
        string method, ModelVersionDescription version, TableQuestion question,
        Func<ReferenceTable, CancellationToken, Result<IGlobalAnswer>> measure, WorkCount work, CancellationToken cancellationToken)
    {
        var limit = options.Value.JobTimeLimit;
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var started = time.GetTimestamp();
        var result = await ModelGuard.RunAsync(
            () => MeasureAsync(version, question, measure, work, either.Token), GlobalErrors.TimeLimit(limit), cancellationToken);
        if (result.Error is { } error) metrics.Refused(error.Code);
        else metrics.Computed(method, work.Done, time.GetElapsedTime(started));
        return result;
    }

    private async Task<Result<IGlobalAnswer>> MeasureAsync(
        ModelVersionDescription version, TableQuestion question, Func<ReferenceTable, CancellationToken, Result<IGlobalAnswer>> measure,
        WorkCount work, CancellationToken cancellationToken)
    {
        using var lease = await models.RentAsync(version, cancellationToken);
        var reference = await lease.Model.GetReferenceAsync(cancellationToken);
        return await Task.Factory.StartNew(
            () => ReferenceTables.Measure(lease.Model, version, reference, question, work, table => measure(table, cancellationToken), cancellationToken),
            cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }
}
