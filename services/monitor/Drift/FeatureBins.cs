using Platform.Hosting.OpenApi;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Drift;

/// <summary>
/// Shares of both samples per bin or category, as the distances see them: a share of zero is filled with 0.0001. Of k edges
/// there are k + 1 bins; bin i holds the values in (edge[i − 1], edge[i]]. Up to five values have a bin each, more are cut at
/// the distinct deciles of the reference.
/// </summary>
/// <param name="Edges">Of a numerical feature, else null.</param>
/// <param name="Categories">Of a categorical feature, else null.</param>
/// <param name="Reference">All zero for an empty sample.</param>
/// <param name="Current">All zero for an empty sample.</param>
internal sealed record FeatureBins(
    [property: JsonShape(FeatureBins.Numbers)] IReadOnlyList<ExactNumber>? Edges,
    IReadOnlyList<string>? Categories, IReadOnlyList<double> Reference, IReadOnlyList<double> Current)
{
    /// <summary>Numbers, or null.</summary>
    public const string Numbers = """{"type":["array","null"],"items":{"type":"number","format":"double"}}""";

    private const int MostCategories = 30;

    public static FeatureBins Of(NamedPair pair)
    {
        var samples = pair.Samples;
        return new(samples.NumbersAtEdges, samples.Categories, samples.Shares.Reference, samples.Shares.Current);
    }

    /// <summary>
    /// Of a window of predictions, whose report is kept and shown to observers: of categories the commonest of the reference. What callers have
    /// sent beside them is left out, so the current shares may add up to less than 1.
    /// </summary>
    public static FeatureBins OfWindow(NamedPair pair)
    {
        var bins = Of(pair);
        if (bins.Categories is not { } categories) return bins;
        var known = pair.Samples.Cells.Reference;
        var shown = Enumerable.Range(0, categories.Count).Where(at => known[at] > 0).OrderByDescending(at => known[at]).Take(MostCategories).Order().ToArray();
        return new(null, [.. shown.Select(at => categories[at])], [.. shown.Select(at => bins.Reference[at])], [.. shown.Select(at => bins.Current[at])]);
    }
}
