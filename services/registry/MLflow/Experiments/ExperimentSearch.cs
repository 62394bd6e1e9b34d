using Platform.Registry.MLflow.Protocol;
using Platform.Registry.MLflow.Search;

namespace Platform.Registry.MLflow.Experiments;

/// <summary>Finds experiments: there are few, so all of them are looked at.</summary>
internal sealed class ExperimentSearch(ExperimentStore experiments)
{
    private const int DefaultSize = 1000;
    private const int MaxSize = 50_000;

    private static readonly FilterSchema Schema = new()
    {
        Prefixes = new Dictionary<string, EntityKind> { ["attribute"] = EntityKind.Attribute, ["tag"] = EntityKind.Tag, ["tags"] = EntityKind.Tag },
        Attributes = FilterSchema.Names("name", "creation_time", "last_update_time"),
        OrderAttributes = FilterSchema.Names("name", "experiment_id", "creation_time", "last_update_time"),
        Numbers = new HashSet<string> { "creation_time", "last_update_time" },
        Nullable = new HashSet<EntityKind> { EntityKind.Tag },
    };

    public async Task<object> FindAsync(SearchExperiments request, CancellationToken cancellationToken)
    {
        var size = SearchSize.Of(request.MaxResults, DefaultSize, MaxSize);
        var filter = Filter.Read(request.Filter, Schema);
        var order = OrderBy.Read(request.OrderBy, Schema);
        var found = (await experiments.ListAsync(cancellationToken))
            .Where(experiment => Lifecycle.Shows(request.ViewType, experiment.LifecycleStage))
            .Where(experiment => filter.All(comparison => Matches(comparison, experiment)));
        var (items, next) = PageToken.Page([.. Sort(found, order)], request.PageToken, size);
        return new ExperimentsAnswer(items.OrNull(), next);
    }

    private static bool Matches(Comparison comparison, Experiment experiment) => (comparison.Kind, comparison.Key) switch
    {
        (EntityKind.Tag, var key) => comparison.Matches(experiment.Tag(key)),
        (_, "name") => comparison.Matches(experiment.Name),
        (_, "creation_time") => comparison.Matches((double)experiment.CreationTime),
        _ => comparison.Matches((double)experiment.LastUpdateTime),
    };

    private static IEnumerable<Experiment> Sort(IEnumerable<Experiment> found, IReadOnlyList<OrderBy> order)
    {
        // Those made last come first, unless another order is asked for.
        var orders = order.Count > 0 ? order : [new OrderBy(EntityKind.Attribute, "creation_time", false)];
        var sorted = found.OrderBy(_ => 0);
        foreach (var clause in orders)
            sorted = clause.Key switch
            {
                "name" => sorted.Then(experiment => experiment.Name, clause.IsAscending, StringComparer.Ordinal),
                "experiment_id" => sorted.Then(NumberOf, clause.IsAscending),
                "creation_time" => sorted.Then(experiment => experiment.CreationTime, clause.IsAscending),
                _ => sorted.Then(experiment => experiment.LastUpdateTime, clause.IsAscending),
            };
        return sorted.Then(NumberOf, isAscending: false);
    }

    private static long NumberOf(Experiment experiment) => long.Parse(experiment.ExperimentId);
}
