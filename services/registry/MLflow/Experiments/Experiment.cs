using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Experiments;

/// <summary>An experiment: what is stored of it is what is answered.</summary>
internal sealed record Experiment
{
    public required string ExperimentId { get; init; }

    public required string Name { get; init; }

    public required string ArtifactLocation { get; init; }

    /// <summary>One of <see cref="Lifecycle"/>.</summary>
    public string LifecycleStage { get; init; } = Lifecycle.Active;

    public long LastUpdateTime { get; init; }

    public long CreationTime { get; init; }

    /// <summary>In the order of their keys; null where there are none.</summary>
    public IReadOnlyList<KeyValue>? Tags { get; init; }

    public string? Tag(string key) => Tags?.FirstOrDefault(tag => tag.Key == key)?.Value;

    public void MustBeActive()
    {
        if (LifecycleStage != Lifecycle.Active)
            throw MLflowException.Invalid($"The experiment {ExperimentId} must be in the 'active' state. Current state is {LifecycleStage}.");
    }
}

/// <summary>Whether something is there or in the bin.</summary>
internal static class Lifecycle
{
    public const string Active = "active";
    public const string Deleted = "deleted";

    /// <summary>Whether a view shows things of a stage. The view is ACTIVE_ONLY, DELETED_ONLY or ALL, or its number.</summary>
    public static bool Shows(string? view, string stage) => view switch
    {
        null or "" or "ACTIVE_ONLY" or "1" => stage == Active,
        "DELETED_ONLY" or "2" => stage == Deleted,
        "ALL" or "3" => true,
        _ => throw MLflowRequest.Wrong("view_type", $"\"{view}\""),
    };
}
