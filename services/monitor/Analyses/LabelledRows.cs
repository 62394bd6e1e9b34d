using Platform.Statistics.Metrics;

namespace Platform.Monitor.Analyses;

/// <summary>The complete rows of a request, ready to be measured all together or by group.</summary>
/// <param name="Kept">Indices of the rows in which nothing is missing.</param>
/// <param name="Total">Rows of the request.</param>
/// <param name="Measure">Measures the rows with these indices.</param>
/// <param name="Classes">The names of the classes in the order of the confusion matrix; null where the matrix itself has them.</param>
internal sealed record LabelledRows(int[] Kept, int Total, Func<int[], MetricSet> Measure, IReadOnlyList<string>? Classes = null)
{
    /// <summary>A request that has errors has no rows.</summary>
    public static LabelledRows None { get; } = new([], 0, _ => new());

    public static T[] Pick<T>(T[] values, int[] rows) => Array.ConvertAll(rows, row => values[row]);
}
