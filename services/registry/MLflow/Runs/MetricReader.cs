using Platform.Registry.MLflow.Metrics;
using Platform.Registry.MLflow.Protocol;
using Platform.Registry.MLflow.Search;

namespace Platform.Registry.MLflow.Runs;

/// <summary>Reads what runs have logged of a metric.</summary>
internal sealed class MetricReader(RunStore runs)
{
    private const int MaxResults = 25_000;
    private const int MaxRuns = 100;
    private const int MaxSampledRuns = 100;
    private const int MaxSampledSteps = 2500;

    public async Task<object> HistoryAsync(MetricHistory request, CancellationToken cancellationToken)
    {
        var key = MLflowRequest.Required(request.MetricKey, "metric_key");
        var run = await runs.FindAsync(request.Id(), cancellationToken);
        var history = await runs.ReadHistoryAsync(run, key, cancellationToken);
        var size = request.MaxResults is null or 0 ? int.MaxValue : SearchSize.Of(request.MaxResults, MaxResults, int.MaxValue);
        var (items, next) = PageToken.Page(history, request.PageToken, size);
        return new MetricsAnswer(items.OrNull(), next);
    }

    /// <summary>As MLflow's pages ask: several runs at once, up to a number of values.</summary>
    public async Task<object> HistoriesAsync(MetricHistories request, CancellationToken cancellationToken)
    {
        var (ids, key) = (request.RunId ?? [], MLflowRequest.Required(request.MetricKey, "metric_key"));
        if (ids.Count == 0) throw MLflowException.Invalid("GetMetricHistoryBulk request must specify at least one run_id.");
        if (ids.Count > MaxRuns)
            throw MLflowException.Invalid($"GetMetricHistoryBulk request cannot specify more than {MaxRuns} run_ids. Received {ids.Count} run_ids.");
        var most = (int)Math.Min(request.MaxResults ?? MaxResults, MaxResults);
        var all = new List<Metric>();
        foreach (var id in ids.Order(StringComparer.Ordinal))
            if (all.Count < most) all.AddRange((await ReadAsync(id, key, cancellationToken)).Take(most - all.Count));
        return new MetricsAnswer(all, null);
    }

    /// <summary>Steps spread evenly over an interval, with the first and the last of each run.</summary>
    public async Task<object> SampleAsync(MetricHistories request, CancellationToken cancellationToken)
    {
        var (ids, key) = (request.RunIds ?? [], MLflowRequest.Required(request.MetricKey, "metric_key"));
        if (ids.Count == 0) throw MLflowRequest.Missing("run_ids");
        if (ids.Count > MaxSampledRuns)
            throw MLflowException.Invalid($"GetMetricHistoryBulkInterval request must specify at most {MaxSampledRuns} run_ids. Received {ids.Count} run_ids.");
        var most = request.MaxResults ?? MaxSampledSteps;
        if (most is < 1 or > MaxSampledSteps) throw MLflowException.Invalid($"max_results must be between 1 and {MaxSampledSteps}.");
        CheckInterval(request);
        var histories = new List<IReadOnlyList<Metric>>();
        foreach (var id in ids) histories.Add(await ReadAsync(id, key, cancellationToken));
        var steps = Sample(histories, request, (int)most);
        return new MetricsAnswer(histories.SelectMany(history => history.Where(metric => steps.Contains(metric.Step)).Take(MaxResults)).ToList().OrNull(), null);
    }

    private static void CheckInterval(MetricHistories request)
    {
        if (request.StartStep is null != request.EndStep is null)
            throw MLflowException.Invalid("If either start step or end step are specified, both must be specified.");
        if (request.StartStep > request.EndStep)
            throw MLflowException.Invalid($"end_step must be greater than start_step. Found start_step={request.StartStep} and end_step={request.EndStep}.");
    }

    private static HashSet<long> Sample(List<IReadOnlyList<Metric>> histories, MetricHistories request, int most)
    {
        var all = histories.SelectMany(history => history).Select(metric => metric.Step).Distinct().Order().ToList();
        if (all.Count == 0) return [];
        var (first, last) = (request.StartStep ?? 0, request.EndStep ?? all[^1]);
        var within = all.Where(step => step >= first && step <= last).ToList();
        var sampled = within.Count <= most
            ? within.ToHashSet()
            : [.. Enumerable.Range(0, most).Select(i => within[(int)((long)i * within.Count / most)]), within[^1]];
        foreach (var history in histories.Where(history => history.Count > 0))
            sampled.UnionWith(new[] { history.Min(metric => metric.Step), history.Max(metric => metric.Step) }.Where(step => step >= first && step <= last));
        return sampled;
    }

    private async Task<IReadOnlyList<Metric>> ReadAsync(string id, string key, CancellationToken cancellationToken) =>
        [.. (await runs.ReadHistoryAsync(await runs.FindAsync(id, cancellationToken), key, cancellationToken)).Select(metric => metric with { RunId = id })];
}
