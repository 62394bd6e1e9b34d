using Platform.Registry.MLflow.Metrics;
using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Runs;

internal sealed record RunAnswer(RunView Run);

internal sealed record RunInfoAnswer(RunInfo RunInfo);

internal sealed record RunsAnswer(IReadOnlyList<RunView>? Runs, string? NextPageToken);

internal sealed record MetricsAnswer(IReadOnlyList<Metric>? Metrics, string? NextPageToken);

/// <summary>A run as MLflow answers it.</summary>
internal sealed record RunView(RunInfo Info, RunData Data, RunInputs Inputs, RunOutputs Outputs)
{
    public static RunView Of(Run run) => new(
        RunInfo.Of(run),
        new RunData(((IReadOnlyList<Metric>)run.Metrics).OrNull(), ((IReadOnlyList<KeyValue>)run.Params).OrNull(), ((IReadOnlyList<KeyValue>)run.Tags).OrNull()),
        new RunInputs(((IReadOnlyList<DatasetInput>)run.Datasets).OrNull(), ((IReadOnlyList<ModelInput>)run.ModelInputs).OrNull()),
        new RunOutputs(((IReadOnlyList<ModelOutput>)run.ModelOutputs).OrNull()));
}

internal sealed record RunInfo(string RunId, string RunUuid, string RunName, string ExperimentId, string UserId, string Status,
    long StartTime, long? EndTime, string ArtifactUri, string LifecycleStage)
{
    public static RunInfo Of(Run run) => new(run.RunId, run.RunId, run.RunName, run.ExperimentId, run.UserId, run.Status,
        run.StartTime, run.EndTime, run.ArtifactUri, run.LifecycleStage);
}

internal sealed record RunData(IReadOnlyList<Metric>? Metrics, IReadOnlyList<KeyValue>? Params, IReadOnlyList<KeyValue>? Tags);

internal sealed record RunInputs(IReadOnlyList<DatasetInput>? DatasetInputs, IReadOnlyList<ModelInput>? ModelInputs);

internal sealed record RunOutputs(IReadOnlyList<ModelOutput>? ModelOutputs);
