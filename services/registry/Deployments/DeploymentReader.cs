using System.Runtime.CompilerServices;
using Platform.Contracts.Registry;
using Platform.Hosting.Documents;
using Platform.Registry.Models;
using Platform.Registry.Versions;

namespace Platform.Registry.Deployments;

/// <summary>Puts the snapshot together.</summary>
internal sealed class DeploymentReader(
    ModelStore models, VersionStore versions, [FromKeyedServices(RegistryService.Name)] IDocumentStore documents)
{
    private const int PageSize = 1000;

    /// <summary>All that serves.</summary>
    public Task<DeploymentSnapshot> ReadAsync(CancellationToken cancellationToken) => ReadAsync(int.MaxValue, null, cancellationToken);

    /// <summary>At most <paramref name="limit"/> of what serves, behind the <see cref="DeploymentSnapshot.Next"/> of the page before.</summary>
    public async Task<DeploymentSnapshot> ReadAsync(int limit, string? after, CancellationToken cancellationToken)
    {
        // The sequence comes first: a snapshot may then hold more than it says, which does no harm, but never less.
        var sequence = await documents.LastSequenceAsync(cancellationToken);
        var items = new List<Deployment>();
        await foreach (var (model, alias) in AliasesAsync(after, cancellationToken))
        {
            if (items.Count == limit) return new DeploymentSnapshot { Sequence = sequence, Items = items, Next = PlaceOf(items[^1]) };
            items.Add(await ReadAsync(model, alias, cancellationToken));
        }
        return new DeploymentSnapshot { Sequence = sequence, Items = items };
    }

    /// <summary>The aliases of all models in the order of their names, behind a place.</summary>
    private async IAsyncEnumerable<(Model Model, string Alias)> AliasesAsync(
        string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (name, last) = after?.Split('/') is [var model, var alias] ? (model, alias) : (after, "");
        if (name is not null && await models.FindAsync(name, cancellationToken) is var found && found.Succeeded(out var begun, out _))
            foreach (var next in AliasesOf(begun).Where(next => string.CompareOrdinal(next, last) > 0))
                yield return (begun, next);
        do
        {
            var page = await models.ListAsync(PageSize, name, cancellationToken);
            foreach (var listed in page.Items)
                foreach (var next in AliasesOf(listed))
                    yield return (listed, next);
            name = page.Next;
        }
        while (name is not null);
    }

    private static IEnumerable<string> AliasesOf(Model model) => model.Aliases.Keys.Order(StringComparer.Ordinal);

    private static string PlaceOf(Deployment deployment) => $"{deployment.Model}/{deployment.Alias}";

    private async Task<Deployment> ReadAsync(Model model, string alias, CancellationToken cancellationToken)
    {
        var state = model.Aliases[alias];
        var found = await versions.FindAsync(model, state.Version, cancellationToken);
        return found.Succeeded(out var version, out var error)
            ? Describe(model, alias, state, VersionStore.Describe(model, version))
            : throw new InvalidDataException(error.Detail);
    }

    private static Deployment Describe(Model model, string alias, AliasState state, ModelVersionDescription version) => new()
    {
        Model = model.Name,
        Alias = alias,
        Version = state.Version,
        Sha256 = version.Sha256,
        Strategy = new DeploymentStrategy { Kind = state.Strategy },
        Split = state.Split.Count > 0 ? state.Split : [new DeploymentShare { Version = state.Version, Weight = 1 }],
        At = state.At,
        Description = version,
    };
}
