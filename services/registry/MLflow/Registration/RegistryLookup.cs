using Platform.Registry.MLflow.Protocol;
using Platform.Registry.Models;
using Platform.Registry.Versions;

namespace Platform.Registry.MLflow.Registration;

/// <summary>Finds models and versions, and says in MLflow's words where there are none.</summary>
internal sealed class RegistryLookup(ModelStore models, VersionStore versions)
{
    private const int PageSize = 1000;

    public async Task<Model> ModelAsync(string name, CancellationToken cancellationToken) =>
        (await models.FindAsync(name, cancellationToken)).Succeeded(out var model, out _)
            ? model
            : throw MLflowException.NotFound($"Registered Model with name={name} not found");

    public async Task<(Model Model, ModelVersion Version)> VersionAsync(string name, string version, CancellationToken cancellationToken)
    {
        var model = await models.FindAsync(name, cancellationToken);
        return model.Succeeded(out var known, out _) && (await versions.FindAsync(known, version, cancellationToken)).Succeeded(out var found, out _)
            ? (known, found)
            : throw MLflowException.NotFound($"Model Version (name={name}, version={version}) not found");
    }

    public async Task<IReadOnlyList<ModelVersion>> VersionsAsync(Model model, CancellationToken cancellationToken)
    {
        var all = new List<ModelVersion>();
        await foreach (var version in versions.ReadAllAsync(model, cancellationToken)) all.Add(version);
        return all;
    }

    public async Task<ModelVersion> LastAsync(Model model, CancellationToken cancellationToken) =>
        await VersionsAsync(model, cancellationToken) is [.., var last] ? last : throw MLflowException.NotFound($"Latest version not found for model {model.Name}.");

    public async Task<IReadOnlyList<Model>> ModelsAsync(CancellationToken cancellationToken)
    {
        var all = new List<Model>();
        string? after = null;
        do
        {
            var page = await models.ListAsync(PageSize, after, cancellationToken);
            all.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        return all;
    }

    /// <summary>The latest version in each stage.</summary>
    public async Task<IReadOnlyList<ModelVersion>> LatestAsync(Model model, CancellationToken cancellationToken) =>
        [.. (await VersionsAsync(model, cancellationToken)).GroupBy(version => Stage.Of(model, version)).Select(stage => stage.Last())];

    public async Task<RegisteredModelView> ViewAsync(Model model, CancellationToken cancellationToken) =>
        RegisteredModelView.Of(model, await LatestAsync(model, cancellationToken));
}
