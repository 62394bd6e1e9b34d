using Platform.Registry.MLflow.Experiments;
using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Runs;

/// <summary>Makes runs, ends them, and moves them to the bin and back, alone or with their experiment.</summary>
internal sealed class RunLifecycle(RunStore runs, RunIndex index, ExperimentStore experiments)
{
    private const string NameTag = "mlflow.runName";
    private static readonly string[] Statuses = ["RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"];

    public async Task<object> CreateAsync(CreateRun request, MLflowCall call)
    {
        var experiment = await experiments.FindAsync(request.ExperimentId, call.Cancellation);
        experiment.MustBeActive();
        var tags = LoggedEntities.Each(request.Tags, "tags", LoggedEntities.Tag);
        var name = NameOf(request.RunName.OrNull(), tags);
        var id = Guid.NewGuid().ToString("n");
        var run = await runs.CreateAsync(new Run
        {
            RunId = id,
            RunName = name,
            ExperimentId = experiment.ExperimentId,
            UserId = request.UserId ?? "",
            StartTime = request.StartTime ?? 0,
            ArtifactUri = $"{experiment.ArtifactLocation.TrimEnd('/')}/{id}/artifacts",
            Tags = KeyValue.Merge(tags, [new KeyValue(NameTag, name)]),
        }, call.Cancellation);
        return new RunAnswer(RunView.Of(run));
    }

    public async Task<object> UpdateAsync(UpdateRun request, MLflowCall call)
    {
        if (request.Status is { } status && !Statuses.Contains(status)) throw MLflowRequest.Wrong("status", $"\"{status}\"");
        var run = await runs.ChangeAsync(request.Id(), run =>
        {
            run.MustBeActive();
            return Renamed(run, request.RunName) with { Status = request.Status ?? run.Status, EndTime = request.EndTime ?? run.EndTime };
        }, call.Cancellation);
        return new RunInfoAnswer(RunInfo.Of(run));
    }

    public Task<object> DeleteAsync(OfRun request, MLflowCall call) => MoveAsync(request.Id(), Lifecycle.Deleted, call.Cancellation);

    public Task<object> RestoreAsync(OfRun request, MLflowCall call) => MoveAsync(request.Id(), Lifecycle.Active, call.Cancellation);

    public Task<object> DeleteExperimentAsync(OfExperiment request, MLflowCall call) =>
        MoveExperimentAsync(request, Lifecycle.Active, Lifecycle.Deleted, call.Cancellation);

    public Task<object> RestoreExperimentAsync(OfExperiment request, MLflowCall call) =>
        MoveExperimentAsync(request, Lifecycle.Deleted, Lifecycle.Active, call.Cancellation);

    /// <summary>A run under another name, which its tag says as well; the same where there is none.</summary>
    public static Run Renamed(Run run, string? name) =>
        string.IsNullOrEmpty(name) ? run : run with { RunName = name, Tags = KeyValue.Merge(run.Tags, [new KeyValue(NameTag, name)]) };

    /// <summary>Whether the tag is the run's name.</summary>
    public static bool IsName(string tag) => tag == NameTag;

    private async Task<object> MoveAsync(string id, string stage, CancellationToken cancellationToken)
    {
        await runs.ChangeAsync(id, run => run.LifecycleStage == stage ? run : run with { LifecycleStage = stage }, cancellationToken);
        return MLflowRoutes.Nothing;
    }

    private async Task<object> MoveExperimentAsync(OfExperiment request, string from, string to, CancellationToken cancellationToken)
    {
        var id = MLflowRequest.Required(request.ExperimentId, "experiment_id");
        await experiments.ChangeAsync(id, experiment => experiment.LifecycleStage == from
            ? experiment with { LifecycleStage = to }
            : throw MLflowException.NotFound($"No Experiment with id={id} exists"), cancellationToken);
        foreach (var run in await index.OfAsync([id], cancellationToken)) await MoveAsync(run.RunId, to, cancellationToken);
        return MLflowRoutes.Nothing;
    }

    private static string NameOf(string? name, IReadOnlyList<KeyValue> tags)
    {
        var tag = tags.LastOrDefault(tag => tag.Key == NameTag)?.Value.OrNull();
        if (name is not null && tag is not null && name != tag)
            throw MLflowException.Invalid("Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values "
                + $"(run_name='{name}', mlflow.runName='{tag}').");
        return name ?? tag ?? GeneratedName.New();
    }
}
