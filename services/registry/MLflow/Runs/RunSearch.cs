using Platform.Registry.MLflow.Experiments;
using Platform.Registry.MLflow.Metrics;
using Platform.Registry.MLflow.Protocol;
using Platform.Registry.MLflow.Search;

namespace Platform.Registry.MLflow.Runs;

/// <summary>Finds runs by what they have logged.</summary>
internal sealed class RunSearch(RunIndex index)
{
    private const int DefaultSize = 1000;
    private const int MaxSize = 50_000;

    private static readonly FilterSchema Schema = new()
    {
        Prefixes = new Dictionary<string, EntityKind>
        {
            ["attribute"] = EntityKind.Attribute, ["attributes"] = EntityKind.Attribute, ["attr"] = EntityKind.Attribute, ["run"] = EntityKind.Attribute,
            ["metric"] = EntityKind.Metric, ["metrics"] = EntityKind.Metric,
            ["parameter"] = EntityKind.Parameter, ["parameters"] = EntityKind.Parameter, ["param"] = EntityKind.Parameter, ["params"] = EntityKind.Parameter,
            ["tag"] = EntityKind.Tag, ["tags"] = EntityKind.Tag,
            ["dataset"] = EntityKind.Dataset, ["datasets"] = EntityKind.Dataset,
        },
        Attributes = new Dictionary<string, string>
        {
            ["run_id"] = "run_id", ["run_name"] = "run_name", ["run name"] = "run_name", ["Run name"] = "run_name", ["Run Name"] = "run_name",
            ["user_id"] = "user_id", ["status"] = "status", ["artifact_uri"] = "artifact_uri",
            ["start_time"] = "start_time", ["created"] = "start_time", ["Created"] = "start_time", ["end_time"] = "end_time",
        },
        OrderAttributes = new Dictionary<string, string>
        {
            ["start_time"] = "start_time", ["created"] = "start_time", ["Created"] = "start_time", ["end_time"] = "end_time",
            ["status"] = "status", ["run_name"] = "run_name", ["run_id"] = "run_id", ["user_id"] = "user_id", ["artifact_uri"] = "artifact_uri",
        },
        Numbers = new HashSet<string> { "start_time", "end_time" },
        Listed = new HashSet<string> { "run_id" },
        Nullable = new HashSet<EntityKind> { EntityKind.Tag, EntityKind.Parameter },
        OrdersByEntities = true,
    };

    public async Task<object> FindAsync(SearchRuns request, CancellationToken cancellationToken)
    {
        var size = SearchSize.Of(request.MaxResults, DefaultSize, MaxSize);
        var offset = PageToken.OffsetOf(request.PageToken);
        var filter = Filter.Read(request.Filter, Schema);
        var order = new RunOrder(OrderBy.Read(request.OrderBy, Schema));
        var found = (await index.OfAsync(request.ExperimentIds ?? [], cancellationToken))
            .Where(run => Lifecycle.Shows(request.RunViewType, run.LifecycleStage) && Passes(filter, run));
        var (items, more) = order.Take(found, offset, size);
        return new RunsAnswer(items.Select(RunView.Of).ToList().OrNull(), more ? PageToken.Of(offset + size) : null);
    }

    private static bool Passes(IReadOnlyList<Comparison> filter, Run run)
    {
        for (var i = 0; i < filter.Count; i++)
            if (!Passes(filter[i], run)) return false;
        return true;
    }

    private static bool Passes(Comparison comparison, Run run) => comparison.Kind switch
    {
        EntityKind.Metric => comparison.Matches(Metric.Find(run.Metrics, comparison.Key)),
        EntityKind.Parameter => comparison.Matches(KeyValue.Find(run.Params, comparison.Key)),
        EntityKind.Tag => comparison.Matches(KeyValue.Find(run.Tags, comparison.Key)),
        EntityKind.Dataset => run.Datasets.Any(input => comparison.Matches(comparison.Key switch
        {
            "name" => input.Dataset.Name,
            "digest" => input.Dataset.Digest,
            _ => input.Context,
        })),
        _ when comparison.Key is "start_time" => comparison.Matches((double)run.StartTime),
        _ when comparison.Key is "end_time" => comparison.Matches((double?)run.EndTime),
        _ => comparison.Matches(RunOrder.TextOf(run, comparison.Key)),
    };
}
