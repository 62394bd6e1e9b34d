using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Registration;

internal sealed record CreateRegisteredModel(string? Name, string? Description, IReadOnlyList<GivenPair>? Tags);

internal sealed record OfRegisteredModel(string? Name);

internal sealed record RenameRegisteredModel(string? Name, string? NewName);

internal sealed record UpdateRegisteredModel(string? Name, string? Description);

internal sealed record RegisteredModelTag(string? Name, string? Key, string? Value);

internal sealed record RegisteredModelAlias(string? Name, string? Alias, string? Version);

internal sealed record GetLatestVersions(string? Name, IReadOnlyList<string>? Stages);

internal sealed record SearchRegistry(string? Filter, long? MaxResults, IReadOnlyList<string>? OrderBy, string? PageToken);

internal sealed record CreateModelVersion(string? Name, string? Source, string? RunId, IReadOnlyList<GivenPair>? Tags, string? RunLink,
    string? Description, string? ModelId);

internal sealed record OfModelVersion(string? Name, string? Version);

internal sealed record UpdateModelVersion(string? Name, string? Version, string? Description);

internal sealed record TransitionStage(string? Name, string? Version, string? Stage, bool? ArchiveExistingVersions);

internal sealed record ModelVersionTag(string? Name, string? Version, string? Key, string? Value);

internal sealed record RegisteredModelAnswer(RegisteredModelView RegisteredModel);

internal sealed record RegisteredModelsAnswer(IReadOnlyList<RegisteredModelView>? RegisteredModels, string? NextPageToken);

internal sealed record ModelVersionAnswer(ModelVersionView ModelVersion);

internal sealed record ModelVersionsAnswer(IReadOnlyList<ModelVersionView>? ModelVersions, string? NextPageToken);

internal sealed record DownloadUriAnswer(string ArtifactUri);
