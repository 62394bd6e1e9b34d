using Platform.Hosting.Errors;
using Platform.Registry.History;

namespace Platform.Registry.Models;

/// <summary>Changes what is said of a model.</summary>
internal sealed class ChangeModel(ModelStore models, TimeProvider time)
{
    public Task<Result<Model>> DescribeAsync(string model, string? description, string actor, CancellationToken cancellationToken) =>
        ChangeAsync(model, known => known with { Description = description }, actor, cancellationToken);

    /// <summary>Sets a tag, or removes it where <paramref name="value"/> is null.</summary>
    public Task<Result<Model>> TagAsync(string model, string key, string? value, string actor, CancellationToken cancellationToken) =>
        ChangeAsync(model, known => known with { Tags = TagSet.With(known.Tags, key, value) }, actor, cancellationToken);

    private Task<Result<Model>> ChangeAsync(string model, Func<Model, Model> next, string actor, CancellationToken cancellationToken) =>
        models.ChangeAsync<Model>(model, change =>
        {
            change.Model = next(change.Model);
            change.Record(new HistoryEntry { Action = HistoryAction.Changed, At = time.GetUtcNow(), By = actor });
            return change.Model;
        }, cancellationToken);
}
