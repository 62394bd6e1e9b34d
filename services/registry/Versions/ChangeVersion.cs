using Platform.Contracts.Registry;
using Platform.Hosting.Errors;
using Platform.Registry.History;
using Platform.Registry.Models;

namespace Platform.Registry.Versions;

/// <summary>Changes what is said of a version, puts it aside, and deletes it.</summary>
internal sealed class ChangeVersion(ModelStore models, VersionStore versions, TimeProvider time)
{
    public Task<Result<ModelVersion>> DescribeAsync(string model, string version, string? description, string actor, CancellationToken cancellationToken) =>
        ChangeAsync(model, version, HistoryAction.VersionChanged, known => known with
        {
            Description = known.Description with { Metadata = known.Description.Metadata with { Description = description } },
        }, actor, cancellationToken);

    /// <summary>Sets a tag, or removes it where <paramref name="value"/> is null.</summary>
    public Task<Result<ModelVersion>> TagAsync(
        string model, string version, string key, string? value, string actor, CancellationToken cancellationToken) =>
        ChangeAsync(model, version, HistoryAction.VersionChanged, known => known with
        {
            Description = known.Description with
            {
                Metadata = known.Description.Metadata with { Tags = TagSet.With(known.Description.Metadata.Tags, key, value) },
            },
        }, actor, cancellationToken, at => new VersionTagChanged { Model = model, Version = version, Key = key, Value = value, At = at, By = actor });

    /// <summary>Puts a version aside, or takes it back.</summary>
    public Task<Result<ModelVersion>> ArchiveAsync(string model, string version, bool isArchived, string actor, CancellationToken cancellationToken) =>
        ChangeAsync(model, version, isArchived ? HistoryAction.VersionArchived : HistoryAction.VersionChanged,
            known => known with { IsArchived = isArchived }, actor, cancellationToken);

    /// <summary>Deletes a version that does not serve; the aliases that name it go with it.</summary>
    public Task<Result<ModelVersion>> DeleteAsync(string model, string version, string actor, CancellationToken cancellationToken) =>
        models.ChangeAsync(model, async change =>
        {
            var found = await versions.FindAsync(change.Model, version, cancellationToken);
            if (!found.Succeeded(out var known, out var error)) return error;
            var number = known.Description.Version;
            var aliases = change.Model.AliasesOf(number);
            if (aliases.Contains(AliasName.Champion)) return (Result<ModelVersion>)VersionErrors.Serves(model, number);
            if (change.Model.RolloutOf(number) is { } rollout) return VersionErrors.IsPromoted(model, number, rollout);
            if (await versions.FindUseAsync(model, number, besides: null, cancellationToken) is { } use) return VersionErrors.IsPart(use);
            foreach (var alias in aliases) change.MoveAlias(alias, null, time.GetUtcNow(), actor);
            return Store(change, known with { IsDeleted = true }, HistoryAction.VersionDeleted, actor);
        }, cancellationToken);

    private Task<Result<ModelVersion>> ChangeAsync(string model, string version, string action, Func<ModelVersion, ModelVersion> next, string actor,
        CancellationToken cancellationToken, Func<DateTimeOffset, VersionTagChanged>? tell = null) => models.ChangeAsync(model, async change =>
    {
        var found = await versions.FindAsync(change.Model, version, cancellationToken);
        if (!found.Succeeded(out var known, out var error)) return (Result<ModelVersion>)error;
        var stored = Store(change, next(known), action, actor);
        if (tell is not null) change.Publish(tell(time.GetUtcNow()) with { Version = known.Description.Version });
        return stored;
    }, cancellationToken);

    private Result<ModelVersion> Store(ModelChange change, ModelVersion version, string action, string actor)
    {
        var at = time.GetUtcNow();
        version = version with { UpdatedAt = at };
        VersionStore.Replace(change, version);
        change.Record(new HistoryEntry { Action = action, Version = version.Description.Version, At = at, By = actor });
        return version;
    }
}
