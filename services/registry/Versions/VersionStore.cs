using System.Globalization;
using System.Runtime.CompilerServices;
using Platform.Contracts.Registry;
using Platform.Hosting.Documents;
using Platform.Hosting.Errors;
using Platform.Hosting.Paging;
using Platform.Registry.Models;

namespace Platform.Registry.Versions;

/// <summary>The versions of all models.</summary>
internal sealed class VersionStore([FromKeyedServices(RegistryService.Name)] IDocumentStore documents, ModelStore models)
{
    private const string Collection = "versions";
    private const int PageSize = 1000;

    /// <summary>A version by number or alias, as part of a model that has been read.</summary>
    public async Task<Result<ModelVersion>> FindAsync(Model model, string versionOrAlias, CancellationToken cancellationToken) =>
        await ReadAsync(model, versionOrAlias, cancellationToken) is { } found
            ? found.Value
            : VersionErrors.NotFound(model.Name, versionOrAlias);

    /// <summary>A version by number or alias.</summary>
    public async Task<Result<ModelVersion>> FindAsync(string model, string versionOrAlias, CancellationToken cancellationToken) =>
        (await models.FindAsync(model, cancellationToken)).Succeeded(out var found, out var error)
            ? await FindAsync(found, versionOrAlias, cancellationToken)
            : error;

    /// <summary>A version by number or alias, described with the aliases that it has now.</summary>
    public async Task<Result<ModelVersionDescription>> DescribeAsync(
        string model, string versionOrAlias, CancellationToken cancellationToken)
    {
        if (!(await models.FindAsync(model, cancellationToken)).Succeeded(out var found, out var error)) return error;
        var version = await FindAsync(found, versionOrAlias, cancellationToken);
        return version.Succeeded(out var stored, out error) ? Describe(found, stored) : error;
    }

    /// <summary>Versions in the order of their numbers.</summary>
    public async Task<Page<ModelVersionDescription>> ListAsync(Model model, int limit, long? after, CancellationToken cancellationToken)
    {
        var page = await ListStoredAsync(model, limit, after, cancellationToken);
        return new Page<ModelVersionDescription>([.. page.Items.Select(version => Describe(model, version))], page.Next);
    }

    /// <summary>Versions as they are stored, in the order of their numbers; a page may be short of those that have been deleted.</summary>
    public async Task<Page<ModelVersion>> ListStoredAsync(Model model, int limit, long? after, CancellationToken cancellationToken)
    {
        var page = await documents.QueryAsync<ModelVersion>(
            new DocumentQuery(Collection)
            {
                Where = new Dictionary<string, string> { ["model"] = model.Name },
                Limit = limit,
                After = after is { } number ? IdOf(model.Name, number) : null,
            },
            cancellationToken);
        return new Page<ModelVersion>(
            [.. page.Items.Select(item => item.Value).Where(version => !version.IsDeleted)],
            page.Next is null ? null : page.Items[^1].Value.Description.Version);
    }

    /// <summary>All versions as they are stored, in the order of their numbers.</summary>
    public async IAsyncEnumerable<ModelVersion> ReadAllAsync(Model model, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long? after = null;
        do
        {
            var page = await ListStoredAsync(model, PageSize, after, cancellationToken);
            foreach (var version in page.Items) yield return version;
            after = page.Next is null ? null : long.Parse(page.Next, CultureInfo.InvariantCulture);
        }
        while (after is not null);
    }

    public static ModelVersionDescription Describe(Model model, ModelVersion version) =>
        version.Description with { Aliases = model.AliasesOf(version.Description.Version) };

    /// <summary>Adds a new version to the change, under the number that follows the latest one.</summary>
    public static ModelVersion Add(ModelChange change, ModelVersion version)
    {
        change.Model = change.Model with { Versions = change.Model.Versions + 1 };
        var number = change.Model.Versions;
        var numbered = version with { Description = version.Description with { Version = $"{number}" } };
        change.Put(Collection, IdOf(change.Model.Name, number), numbered, expectedRevision: 0);
        PartUse.Note(change, numbered);
        return numbered;
    }

    /// <summary>Replaces what is stored of a version as part of the change.</summary>
    public static void Replace(ModelChange change, ModelVersion version)
    {
        change.Put(Collection, IdOf(change.Model.Name, long.Parse(version.Description.Version)), version, expectedRevision: null);
        PartUse.Note(change, version);
    }

    /// <summary>A pipeline that asks a version, or any version of the model where none is named; null where there is none.</summary>
    /// <param name="model">The model.</param>
    /// <param name="version">The version's number.</param>
    /// <param name="besides">A model whose pipelines do not count.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<PartUse?> FindUseAsync(string model, string? version, string? besides, CancellationToken cancellationToken)
    {
        await foreach (var use in documents.ReadAllAsync<PartUse>(PartUse.Query(model, version) with { Limit = PageSize }, cancellationToken))
            if (use.Value.Pipeline != besides) return use.Value;
        return null;
    }

    private async Task<Document<ModelVersion>?> ReadAsync(Model model, string versionOrAlias, CancellationToken cancellationToken)
    {
        var version = model.Aliases.TryGetValue(versionOrAlias, out var alias) ? alias.Version : versionOrAlias;
        return int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && version[0] != '0'
            && await documents.GetAsync<ModelVersion>(Collection, IdOf(model.Name, number), cancellationToken) is { Value.IsDeleted: false } found
            ? found
            : null;
    }

    private static string IdOf(string model, long number) => $"{model}/{SortableNumber.Of(number)}";
}
