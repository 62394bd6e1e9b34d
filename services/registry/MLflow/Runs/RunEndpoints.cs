using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Runs;

internal static class RunEndpoints
{
    public static void AddRuns(this IServiceCollection services) => services
        .AddSingleton<RunIndex>().AddSingleton<RunStore>().AddSingleton<RunSearch>().AddSingleton<RunLifecycle>()
        .AddSingleton<RunLog>().AddSingleton<RunInputsLog>().AddSingleton<MetricReader>();

    public static void MapRuns(this MLflowRoutes routes) => routes
        .Post<RunLifecycle, CreateRun>("/runs/create", (runs, request, call) => runs.CreateAsync(request, call))
        .Post<RunLifecycle, UpdateRun>("/runs/update", (runs, request, call) => runs.UpdateAsync(request, call))
        .Post<RunLifecycle, OfRun>("/runs/delete", (runs, request, call) => runs.DeleteAsync(request, call))
        .Post<RunLifecycle, OfRun>("/runs/restore", (runs, request, call) => runs.RestoreAsync(request, call))
        .Post<RunLifecycle, Experiments.OfExperiment>("/experiments/delete", (runs, request, call) => runs.DeleteExperimentAsync(request, call))
        .Post<RunLifecycle, Experiments.OfExperiment>("/experiments/restore", (runs, request, call) => runs.RestoreExperimentAsync(request, call))
        .Get<RunStore, OfRun>("/runs/get", async (runs, request, call) =>
            new RunAnswer(RunView.Of(await runs.FindAsync(request.Id(), call.Cancellation))))
        .Post<RunSearch, SearchRuns>("/runs/search", (search, request, call) => search.FindAsync(request, call.Cancellation))
        .Post<RunLog, LogMetric>("/runs/log-metric", (log, request, call) => log.MetricAsync(request, call))
        .Post<RunLog, LogPair>("/runs/log-parameter", (log, request, call) => log.ParameterAsync(request, call))
        .Post<RunLog, LogPair>("/runs/set-tag", (log, request, call) => log.TagAsync(request, call))
        .Post<RunLog, LogPair>("/runs/delete-tag", (log, request, call) => log.DeleteTagAsync(request, call))
        .Post<RunLog, LogBatch>("/runs/log-batch", (log, request, call) => log.BatchAsync(request, call))
        .Post<RunInputsLog, LogModel>("/runs/log-model", (log, request, call) => log.ModelAsync(request, call))
        .Post<RunInputsLog, LogInputs>("/runs/log-inputs", (log, request, call) => log.InputsAsync(request, call))
        .Post<RunInputsLog, LogOutputs>("/runs/outputs", (log, request, call) => log.OutputsAsync(request, call))
        .Get<MetricReader, MetricHistory>("/metrics/get-history", (metrics, request, call) => metrics.HistoryAsync(request, call.Cancellation))
        .Get<MetricReader, MetricHistories>("/metrics/get-history-bulk", (metrics, request, call) => metrics.HistoriesAsync(request, call.Cancellation))
        .Get<MetricReader, MetricHistories>("/metrics/get-history-bulk-interval", (metrics, request, call) => metrics.SampleAsync(request, call.Cancellation));
}
