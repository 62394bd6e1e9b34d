using Platform.Registry.MLflow.Protocol;
using Platform.Registry.Models;
using Platform.Registry.Versions;

namespace Platform.Registry.MLflow.Registration;

/// <summary>A model of the platform as MLflow answers it.</summary>
internal sealed record RegisteredModelView(string Name, long CreationTimestamp, long LastUpdatedTimestamp, string UserId, string? Description,
    IReadOnlyList<ModelVersionView>? LatestVersions, IReadOnlyList<KeyValue>? Tags, IReadOnlyList<AliasView>? Aliases)
{
    public static RegisteredModelView Of(Model model, IReadOnlyList<ModelVersion> latest) => new(
        model.Name,
        model.CreatedAt.ToUnixTimeMilliseconds(),
        (model.UpdatedAt ?? model.CreatedAt).ToUnixTimeMilliseconds(),
        model.CreatedBy,
        model.Description,
        latest.Select(version => ModelVersionView.Of(model, version)).ToList().OrNull(),
        Pairs(model.Tags),
        model.Aliases.Select(alias => new AliasView(alias.Key, alias.Value.Version)).ToList().OrNull());

    public static IReadOnlyList<KeyValue>? Pairs(IReadOnlyDictionary<string, string>? tags) =>
        (tags ?? new Dictionary<string, string>()).OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => new KeyValue(tag.Key, tag.Value)).ToList().OrNull();
}

internal sealed record AliasView(string Alias, string Version);

/// <summary>A version of the platform as MLflow answers it.</summary>
internal sealed record ModelVersionView(string Name, string Version, long CreationTimestamp, long LastUpdatedTimestamp, string UserId,
    string CurrentStage, string? Description, string Source, string? RunId, string Status, string? StatusMessage, IReadOnlyList<KeyValue>? Tags,
    string? RunLink, IReadOnlyList<string>? Aliases, string? ModelId)
{
    public static ModelVersionView Of(Model model, ModelVersion version)
    {
        var (said, origin) = (version.Description, version.Origin);
        return new ModelVersionView(
            model.Name,
            said.Version,
            said.CreatedAt.ToUnixTimeMilliseconds(),
            (version.UpdatedAt ?? said.CreatedAt).ToUnixTimeMilliseconds(),
            said.CreatedBy,
            Stage.Of(model, version),
            said.Metadata.Description,
            SourceOf(version),
            origin?.RunId ?? said.Metadata.Lineage?.Run,
            "READY",
            said.StatusMessage,
            RegisteredModelView.Pairs(said.Metadata.Tags),
            origin?.RunLink,
            model.AliasesOf(said.Version).OrNull(),
            origin?.ModelId);
    }

    /// <summary>A version that was uploaded lies in a folder of its own.</summary>
    public static string SourceOf(ModelVersion version) =>
        version.Origin?.Source ?? $"mlflow-artifacts:/{UploadedFolder(version)}";

    public static string UploadedFolder(ModelVersion version) => $"registered-models/{version.Description.Model}/{version.Description.Version}";
}
