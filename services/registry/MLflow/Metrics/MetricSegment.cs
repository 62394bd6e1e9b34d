using System.Globalization;
using Platform.Hosting.Documents;

namespace Platform.Registry.MLflow.Metrics;

/// <summary>
/// A stretch of what a run has logged. Values are appended to the last segment of the run until it is full, so that a call that logs little
/// writes little, and a run of a million values is not a million documents.
/// </summary>
internal sealed record MetricSegment(IReadOnlyList<Metric> Points)
{
    private const string Collection = "mlflow-metrics";

    // A call may bring a thousand values, which stay together.
    private const int Full = 500;

    /// <summary>
    /// Adds values to the commit in which the run's document changes; answers how many segments the run has then. What a client repeats, because
    /// it did not hear the answer, is not stored again.
    /// </summary>
    public static async Task<int> AppendAsync(
        IDocumentStore documents, DocumentBatch batch, string run, int segments, IReadOnlyList<Metric> added, CancellationToken cancellationToken)
    {
        if (added.Count == 0) return segments;
        var last = segments == 0 ? null : await documents.GetAsync<MetricSegment>(Collection, IdOf(run, segments - 1), cancellationToken);
        var known = last is null ? [] : last.Value.Points.ToHashSet();
        var fresh = added.Where(known.Add).ToList();
        if (fresh.Count == 0) return segments;
        var fits = last is not null && last.Value.Points.Count + fresh.Count <= Full;
        if (fits) batch.Put(Collection, last!.Id, new MetricSegment([.. last.Value.Points, .. fresh]), last.Revision);
        else batch.Put(Collection, IdOf(run, segments), new MetricSegment(fresh), expectedRevision: 0);
        return fits ? segments : segments + 1;
    }

    /// <summary>Every value of a run, in the order in which they were logged.</summary>
    public static async IAsyncEnumerable<Metric> ReadAsync(
        IDocumentStore documents, string run, int segments, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var number = 0; number < segments; number++)
            foreach (var metric in (await documents.GetAsync<MetricSegment>(Collection, IdOf(run, number), cancellationToken))?.Value.Points ?? [])
                yield return metric;
    }

    private static string IdOf(string run, int number) => $"{run}/{number.ToString("d7", CultureInfo.InvariantCulture)}";
}
