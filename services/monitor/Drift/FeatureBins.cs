using Platform.Monitor.Statistics;

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
    IReadOnlyList<double>? Edges, IReadOnlyList<string>? Categories, IReadOnlyList<double> Reference, IReadOnlyList<double> Current)
{
    public static FeatureBins Of(NamedPair pair)
    {
        var (samples, origin) = (pair.Samples, pair.Origin);
        var edges = origin is null || samples.Edges is null ? samples.Edges : Array.ConvertAll(samples.Edges, origin.At);
        return new(edges, samples.Categories, samples.Shares.Reference, samples.Shares.Current);
    }
}
