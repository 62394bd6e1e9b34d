using Platform.Registry.MLflow.Protocol;
using Platform.Registry.MLflow.Search;
using Platform.Registry.Models;
using Platform.Registry.Versions;

namespace Platform.Registry.MLflow.Registration;

/// <summary>Finds models and versions.</summary>
internal sealed class RegistrySearch(RegistryLookup lookup)
{
    // Prompts are models with this tag; whoever asks whether a model is one is told no where it has none.
    private const string PromptTag = "mlflow.prompt.is_prompt";

    private static readonly Dictionary<string, EntityKind> Prefixes = new()
    {
        ["attribute"] = EntityKind.Attribute, ["tag"] = EntityKind.Tag, ["tags"] = EntityKind.Tag,
    };

    private static readonly FilterSchema OfModels = new()
    {
        Prefixes = Prefixes,
        Attributes = FilterSchema.Names("name"),
        OrderAttributes = new Dictionary<string, string>
        {
            ["name"] = "name", ["timestamp"] = "last_updated_timestamp", ["last_updated_timestamp"] = "last_updated_timestamp",
            ["creation_timestamp"] = "creation_timestamp",
        },
        Numbers = new HashSet<string>(),
    };

    private static readonly FilterSchema OfVersions = new()
    {
        Prefixes = Prefixes,
        Attributes = FilterSchema.Names("name", "version_number", "run_id", "source_path"),
        OrderAttributes = FilterSchema.Names("name", "version_number", "creation_timestamp", "last_updated_timestamp"),
        Numbers = new HashSet<string> { "version_number" },
        Listed = new HashSet<string> { "run_id" },
    };

    public async Task<object> ModelsAsync(SearchRegistry request, CancellationToken cancellationToken)
    {
        var size = SearchSize.Of(request.MaxResults, 100, 1000);
        var filter = Filter.Read(request.Filter, OfModels);
        var order = OrderBy.Read(request.OrderBy, OfModels);
        var wantsPrompts = WantsPrompts(filter);
        var found = (await lookup.ModelsAsync(cancellationToken))
            .Where(model => IsPrompt(model.Tags) == wantsPrompts && filter.All(comparison => Passes(comparison, model.Name, model.Tags)));
        var (items, next) = PageToken.Page([.. Sort(found, order)], request.PageToken, size);
        var views = new List<RegisteredModelView>();
        foreach (var model in items) views.Add(await lookup.ViewAsync(model, cancellationToken));
        return new RegisteredModelsAnswer(views.OrNull(), next);
    }

    public async Task<object> VersionsAsync(SearchRegistry request, CancellationToken cancellationToken)
    {
        var size = SearchSize.Of(request.MaxResults, 10_000, 200_000);
        var filter = Filter.Read(request.Filter, OfVersions);
        var order = OrderBy.Read(request.OrderBy, OfVersions);
        var wantsPrompts = WantsPrompts(filter);
        var found = new List<(Model Model, ModelVersion Version)>();
        foreach (var model in (await lookup.ModelsAsync(cancellationToken)).Where(model => IsPrompt(model.Tags) == wantsPrompts && MayPass(filter, model)))
            found.AddRange((await lookup.VersionsAsync(model, cancellationToken)).Where(version => Passes(filter, version)).Select(version => (model, version)));
        var (items, next) = PageToken.Page([.. Sort(found, order)], request.PageToken, size);
        return new ModelVersionsAnswer(items.Select(item => ModelVersionView.Of(item.Model, item.Version)).ToList().OrNull(), next);
    }

    private static bool MayPass(IReadOnlyList<Comparison> filter, Model model) =>
        filter.Where(comparison => comparison is { Kind: EntityKind.Attribute, Key: "name" }).All(comparison => comparison.Matches(model.Name));

    private static bool Passes(IReadOnlyList<Comparison> filter, ModelVersion version) => filter.All(comparison => comparison switch
    {
        { Kind: EntityKind.Attribute, Key: "version_number" } => comparison.Matches((double?)double.Parse(version.Description.Version)),
        { Kind: EntityKind.Attribute, Key: "run_id" } => comparison.Matches(version.Origin?.RunId ?? version.Description.Metadata.Lineage?.Run),
        { Kind: EntityKind.Attribute, Key: "source_path" } => comparison.Matches(ModelVersionView.SourceOf(version)),
        _ => Passes(comparison, version.Description.Model, version.Description.Metadata.Tags),
    });

    private static bool Passes(Comparison comparison, string name, IReadOnlyDictionary<string, string>? tags)
    {
        if (comparison.Kind == EntityKind.Attribute) return comparison.Matches(name);
        var value = tags?.GetValueOrDefault(comparison.Key);
        if (comparison.Key == PromptTag) value ??= "false";
        return comparison.Matches(value);
    }

    private static bool IsPrompt(IReadOnlyDictionary<string, string> tags) => tags.GetValueOrDefault(PromptTag) == "true";

    private static bool WantsPrompts(IReadOnlyList<Comparison> filter) => filter.Any(comparison =>
        comparison is { Kind: EntityKind.Tag, Key: PromptTag, Operator: "=", Text: "true" } or { Kind: EntityKind.Tag, Key: PromptTag, Operator: "!=", Text: "false" });

    private static IEnumerable<Model> Sort(IEnumerable<Model> found, IReadOnlyList<OrderBy> order)
    {
        var sorted = found.OrderBy(_ => 0);
        foreach (var clause in order)
            sorted = clause.Key switch
            {
                "name" => sorted.Then(model => model.Name, clause.IsAscending, StringComparer.Ordinal),
                "creation_timestamp" => sorted.Then(model => model.CreatedAt, clause.IsAscending),
                _ => sorted.Then(model => model.UpdatedAt ?? model.CreatedAt, clause.IsAscending),
            };
        return sorted.ThenBy(model => model.Name, StringComparer.Ordinal);
    }

    private static IEnumerable<(Model Model, ModelVersion Version)> Sort(
        IEnumerable<(Model Model, ModelVersion Version)> found, IReadOnlyList<OrderBy> order)
    {
        var sorted = found.OrderBy(_ => 0);
        foreach (var clause in order)
            sorted = clause.Key switch
            {
                "name" => sorted.Then(item => item.Model.Name, clause.IsAscending, StringComparer.Ordinal),
                "version_number" => sorted.Then(item => int.Parse(item.Version.Description.Version), clause.IsAscending),
                "creation_timestamp" => sorted.Then(item => item.Version.Description.CreatedAt, clause.IsAscending),
                _ => sorted.Then(item => item.Version.UpdatedAt ?? item.Version.Description.CreatedAt, clause.IsAscending),
            };
        return sorted.ThenBy(item => item.Model.Name, StringComparer.Ordinal).ThenByDescending(item => int.Parse(item.Version.Description.Version));
    }
}
