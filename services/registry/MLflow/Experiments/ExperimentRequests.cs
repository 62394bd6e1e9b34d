using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Experiments;

internal sealed record CreateExperiment(string? Name, string? ArtifactLocation, IReadOnlyList<GivenPair>? Tags);

internal sealed record OfExperiment(string? ExperimentId);

internal sealed record OfExperimentName(string? ExperimentName);

internal sealed record UpdateExperiment(string? ExperimentId, string? NewName);

internal sealed record ExperimentTag(string? ExperimentId, string? Key, string? Value);

internal sealed record SearchExperiments(long? MaxResults, string? PageToken, string? Filter, IReadOnlyList<string>? OrderBy, string? ViewType);

internal sealed record ExperimentAnswer(Experiment Experiment);

internal sealed record ExperimentsAnswer(IReadOnlyList<Experiment>? Experiments, string? NextPageToken);
