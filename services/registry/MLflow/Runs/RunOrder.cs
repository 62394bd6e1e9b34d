using Platform.Registry.MLflow.Metrics;
using Platform.Registry.MLflow.Protocol;
using Platform.Registry.MLflow.Search;

namespace Platform.Registry.MLflow.Runs;

/// <summary>
/// The order of runs: by the clauses, then those that started last, then by id. A run without a value comes behind those that have one, whichever
/// the direction, and NaN between the two.
/// </summary>
internal sealed class RunOrder(IReadOnlyList<OrderBy> clauses) : IComparer<RunOrder.Entry>
{
    /// <summary>A page of the ordered runs, and whether there are more. Only as many as it needs are ordered.</summary>
    public (IReadOnlyList<Run> Items, bool More) Take(IEnumerable<Run> runs, int offset, int size)
    {
        var needed = (long)offset + size + 1;
        var last = new PriorityQueue<Entry, Entry>(Comparer<Entry>.Create((one, other) => Compare(other, one)));
        foreach (var run in runs)
        {
            if (last.Count == needed && IsBehind(run, last.Peek())) continue;
            var entry = new Entry(run, [.. clauses.Select(clause => KeyOf(run, clause))]);
            if (last.Count < needed) last.Enqueue(entry, entry);
            else last.EnqueueDequeue(entry, entry);
        }

        var sorted = new Run[last.Count];
        for (var at = sorted.Length - 1; at >= 0; at--) sorted[at] = last.Dequeue().Run;
        return ([.. sorted.Skip(offset).Take(size)], sorted.Length > (long)offset + size);
    }

    /// <summary>Whether the first thing that counts says already that a run comes later: most do, and cost no more than that.</summary>
    private bool IsBehind(Run run, Entry entry) => clauses.Count == 0
        ? run.StartTime < entry.Run.StartTime
        : KeyOf(run, clauses[0]).CompareTo(entry.Keys[0], clauses[0].IsAscending) > 0;

    public int Compare(Entry? x, Entry? y)
    {
        for (var i = 0; i < clauses.Count; i++)
            if (x!.Keys[i].CompareTo(y!.Keys[i], clauses[i].IsAscending) is var difference and not 0) return difference;
        return y!.Run.StartTime.CompareTo(x!.Run.StartTime) is var later and not 0 ? later : string.CompareOrdinal(x.Run.RunId, y.Run.RunId);
    }

    public static string? TextOf(Run run, string attribute) => attribute switch
    {
        "run_id" => run.RunId,
        "run_name" => run.RunName,
        "user_id" => run.UserId,
        "status" => run.Status,
        _ => run.ArtifactUri,
    };

    private static SortKey KeyOf(Run run, OrderBy clause) => clause.Kind switch
    {
        EntityKind.Metric => SortKey.Of(Metric.Find(run.Metrics, clause.Key)),
        EntityKind.Parameter => SortKey.Of(KeyValue.Find(run.Params, clause.Key)),
        EntityKind.Tag => SortKey.Of(KeyValue.Find(run.Tags, clause.Key)),
        _ when clause.Key == "start_time" => SortKey.Of((double)run.StartTime),
        _ when clause.Key == "end_time" => SortKey.Of((double?)run.EndTime),
        _ => SortKey.Of(TextOf(run, clause.Key)),
    };

    internal sealed record Entry(Run Run, SortKey[] Keys);

    /// <summary>A number, a text, NaN (rank 1) or nothing (rank 2).</summary>
    internal readonly record struct SortKey(int Rank, double Number, string? Text)
    {
        public static SortKey Of(double? value) => value switch
        {
            null => new(2, 0, null),
            double.NaN => new(1, 0, null),
            { } number => new(0, number, null),
        };

        public static SortKey Of(string? value) => new(value is null ? 2 : 0, 0, value);

        public int CompareTo(SortKey other, bool isAscending)
        {
            if (Rank != other.Rank) return Rank.CompareTo(other.Rank);
            var difference = Number.CompareTo(other.Number) is var numbers and not 0 ? numbers : string.CompareOrdinal(Text, other.Text);
            return isAscending ? difference : -difference;
        }
    }
}
