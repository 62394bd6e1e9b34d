using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Contracts;
using Platform.Contracts.Registry;
using Platform.Hosting;
using Platform.Hosting.Documents;
using Platform.Registry.MLflow.Registration;
using Platform.Registry.Models;
using Platform.Registry.Versions;

namespace Platform.Registry.MLflow.Webhooks;

/// <summary>What a webhook is told of an event of the registry (mlflow/webhooks/types.py of MLflow 3.10).</summary>
internal sealed class WebhookPayload(ModelStore models, VersionStore versions)
{
    /// <summary>The kind of an event and what is told of it; null when webhooks are not about such events.</summary>
    public async Task<(WebhookEvent About, JsonObject Data)?> OfAsync(StoredEvent stored, CancellationToken cancellationToken)
    {
        if (MessageTypes.Find(stored.Type) is not { } type) return null;
        return stored.Data.Deserialize(type, PlatformJson.Tolerant) switch
        {
            ModelRegistered made => (WebhookEvent.ModelCreated, await OfModelAsync(made.Model, cancellationToken)),
            ModelVersionCreated made => (WebhookEvent.VersionCreated, await OfVersionAsync(made.Model, made.Version, cancellationToken)),
            ModelPromoted moved => (WebhookEvent.AliasCreated, Alias(moved.Model, moved.Alias, moved.Version)),
            ModelRolledBack moved => (WebhookEvent.AliasCreated, Alias(moved.Model, moved.Alias, moved.Version)),
            AliasChanged { Version: null } gone => (WebhookEvent.AliasDeleted, Alias(gone.Model, gone.Alias, null)),
            AliasChanged moved => (WebhookEvent.AliasCreated, Alias(moved.Model, moved.Alias, moved.Version)),
            VersionTagChanged { Value: null } gone => (WebhookEvent.TagDeleted, Tag(gone.Model, gone.Version, gone.Key, null)),
            VersionTagChanged set => (WebhookEvent.TagSet, Tag(set.Model, set.Version, set.Key, set.Value)),
            _ => null,
        };
    }

    public static JsonObject Model(string name, IReadOnlyDictionary<string, string>? tags, string? description) =>
        new() { ["name"] = name, ["tags"] = Pairs(tags), ["description"] = description };

    public static JsonObject Version(string name, string version, string? source, string? run, IReadOnlyDictionary<string, string>? tags, string? description) =>
        new() { ["name"] = name, ["version"] = version, ["source"] = source, ["run_id"] = run, ["tags"] = Pairs(tags), ["description"] = description };

    public static JsonObject Tag(string name, string version, string key, string? value) => value is null
        ? new() { ["name"] = name, ["version"] = version, ["key"] = key }
        : new() { ["name"] = name, ["version"] = version, ["key"] = key, ["value"] = value };

    public static JsonObject Alias(string name, string alias, string? version) => version is null
        ? new() { ["name"] = name, ["alias"] = alias }
        : new() { ["name"] = name, ["alias"] = alias, ["version"] = version };

    // What is told is what is true now; of what has gone meanwhile, its name.
    private async Task<JsonObject> OfModelAsync(string name, CancellationToken cancellationToken) =>
        (await models.FindAsync(name, cancellationToken)).Succeeded(out var model, out _)
            ? Model(name, model.Tags, model.Description)
            : Model(name, null, null);

    private async Task<JsonObject> OfVersionAsync(string name, string number, CancellationToken cancellationToken)
    {
        if (!(await versions.FindAsync(name, number, cancellationToken)).Succeeded(out var version, out _)) return Version(name, number, null, null, null, null);
        var said = version.Description.Metadata;
        return Version(name, number, ModelVersionView.SourceOf(version), version.Origin?.RunId ?? said.Lineage?.Run, said.Tags, said.Description);
    }

    private static JsonObject Pairs(IReadOnlyDictionary<string, string>? tags) =>
        new((tags ?? new Dictionary<string, string>()).Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value)));
}
