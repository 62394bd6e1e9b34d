using Platform.Contracts.Registry;
using Platform.Hosting.Documents;
using Platform.Registry.Aliases;
using Platform.Registry.Models;
using Platform.Registry.Versions;

namespace Platform.Registry.Deployments;

/// <summary>Puts the snapshot together.</summary>
internal sealed class DeploymentReader(
    ModelStore models, VersionStore versions, [FromKeyedServices(RegistryService.Name)] IDocumentStore documents)
{
    private const int PageSize = 1000;

    public async Task<DeploymentSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        // The sequence comes first: a snapshot may then hold more than it says, which does no harm, but never less.
        var sequence = await documents.LastSequenceAsync(cancellationToken);
        var items = new List<Deployment>();
        string? after = null;
        do
        {
            var page = await models.ListAsync(PageSize, after, cancellationToken);
            foreach (var model in page.Items) await AddAsync(items, model, cancellationToken);
            after = page.Next;
        }
        while (after is not null);
        return new DeploymentSnapshot { Sequence = sequence, Items = items };
    }

    private async Task AddAsync(List<Deployment> items, Model model, CancellationToken cancellationToken)
    {
        foreach (var (alias, state) in model.Aliases)
        {
            var found = await versions.FindAsync(model, state.Version, cancellationToken);
            if (!found.Succeeded(out var version, out var error)) throw new InvalidDataException(error.Detail);
            items.Add(Describe(model, alias, state, VersionStore.Describe(model, version)));
        }
    }

    private static Deployment Describe(Model model, string alias, AliasState state, ModelVersionDescription version) => new()
    {
        Model = model.Name,
        Alias = alias,
        Version = state.Version,
        Sha256 = version.Sha256,
        Strategy = new DeploymentStrategy { Kind = state.Strategy },
        At = state.At,
        Description = version,
    };
}
