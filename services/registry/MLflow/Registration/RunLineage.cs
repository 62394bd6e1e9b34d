using Platform.Contracts.Registry;
using Platform.Registry.MLflow.Runs;

namespace Platform.Registry.MLflow.Registration;

/// <summary>What a run has logged, as the lineage of a version.</summary>
internal static class RunLineage
{
    private const string Commit = "mlflow.source.git.commit";
    private const string Repository = "mlflow.source.git.repoURL";
    private const string Training = "train";

    public static VersionMetadata AddTo(VersionMetadata said, Run run) => said with
    {
        Params = run.Params.Length == 0 ? null : run.Params.ToDictionary(param => param.Key, param => param.Value),
        Metrics = MetricsOf(run),
        Lineage = new LineageDefinition { Run = run.RunId, Dataset = DatasetOf(run), Code = CodeOf(run) },
    };

    private static Dictionary<string, double>? MetricsOf(Run run)
    {
        var finite = run.Metrics.Where(metric => double.IsFinite(metric.Value)).ToDictionary(metric => metric.Key, metric => metric.Value);
        return finite.Count == 0 ? null : finite;
    }

    /// <summary>The dataset that the run was trained on, as far as it says, or else the first.</summary>
    private static DatasetSource? DatasetOf(Run run)
    {
        var input = run.Datasets.FirstOrDefault(input => input.Context?.StartsWith(Training, StringComparison.OrdinalIgnoreCase) is true) ?? run.Datasets.FirstOrDefault();
        return input is null ? null : new DatasetSource { Name = input.Dataset.Name, Digest = input.Dataset.Digest, Source = input.Dataset.Source };
    }

    private static CodeSource? CodeOf(Run run)
    {
        var (commit, repository) = (run.Tag(Commit), run.Tag(Repository));
        return commit is null && repository is null ? null : new CodeSource { Commit = commit, Repository = repository };
    }
}
