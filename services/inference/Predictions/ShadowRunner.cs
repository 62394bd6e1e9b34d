using Microsoft.Extensions.Options;
using Platform.Contracts.Inference;
using Platform.Inference.Batching;
using Platform.Inference.Models;
using Platform.Inference.Recording;
using Platform.Inference.Requests;
using Platform.Inference.Routing;
using Platform.Inference.Settings;
using Platform.Inference.Telemetry;

namespace Platform.Inference.Predictions;

/// <summary>
/// Lets shadows answer what champions have answered, a few requests at a time. What they say is recorded under the prediction's id with
/// <see cref="Suffix"/> behind it; what goes wrong there is in the record, and nobody else's concern.
/// </summary>
internal sealed class ShadowRunner(
    ShadowQueue queue, ModelTable models, PredictionRecorder recorder, InferenceMetrics metrics, ShadowMetrics outcomes,
    IOptions<ServingOptions> options, TimeProvider time, ILogger<ShadowRunner> logger) : BackgroundService
{
    /// <summary>An id names one prediction: the champion's.</summary>
    public const string Suffix = ".shadow";

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, options.Value.Shadow.Concurrency).Select(_ => WorkAsync(stoppingToken)));

    private async Task WorkAsync(CancellationToken stopping)
    {
        await Task.Yield();
        await foreach (var request in queue.TakeAllAsync(stopping))
        {
            try
            {
                outcomes.Ended(await RunAsync(request, stopping));
            }
#pragma warning disable CA1031 // a fault in one shadow is told in the log, and the next request is tried
            catch (Exception exception) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
            {
                outcomes.Ended(ShadowMetrics.Failed);
                logger.ShadowBroken(exception, request.Model);
            }
            finally
            {
                queue.Done(request);
            }
        }
    }

    /// <returns>An outcome of <see cref="ShadowMetrics"/>.</returns>
    private async Task<string> RunAsync(ShadowedRequest request, CancellationToken stopping)
    {
        if (models.Find(request.Model)?.FindSplit(request.Alias) is not { Traffic.Shadow: { } shadow } split) return ShadowMetrics.Unready;
        if (split.TryAcquire(shadow) is not { } version) return ShadowMetrics.Unready;
        var prediction = version.Predictions.Rent();
        try
        {
            prediction.Begin(Facts(request), stopping);
            await AnswerAsync(request, version, prediction);
            prediction.Facts.Ended = time.GetTimestamp();
            recorder.Record(version, prediction);
            metrics.Ended(version, prediction);
            version.Statistics.Add(prediction);
            return prediction.Status == PredictionStatus.Succeeded ? ShadowMetrics.Answered : ShadowMetrics.Failed;
        }
        finally
        {
            version.Predictions.Return(prediction);
            version.Release();
        }
    }

    private async Task AnswerAsync(ShadowedRequest request, LoadedVersion version, Prediction prediction)
    {
        if (request.Read(request.Body, version, prediction) is { } refusal)
        {
            prediction.End(PredictionStatus.Rejected, refusal.Detail);
            return;
        }

        prediction.TakeInputs(request.Body, version.Records);
        var result = await QueuedRun.RunAsync(version, prediction, time);
        if (result.Status == BatchStatus.Completed) prediction.End(PredictionStatus.Succeeded);
        else prediction.End(result.Status == BatchStatus.Failed || result.Status == BatchStatus.WorkerDied ? PredictionStatus.Failed : PredictionStatus.Rejected, result.Problem);
    }

    private PredictionFacts Facts(ShadowedRequest request) => request.Facts with
    {
        Id = request.Facts.Id + Suffix,
        Route = RouteRole.Shadow,
        At = time.GetUtcNow(),
        Started = time.GetTimestamp(),
        Deadline = default,
    };
}
