using Platform.Explainer.References;
using Platform.Onnx.Tensors;

namespace Platform.Explainer.Dependence;

/// <summary>The values that a feature is followed through: such as the reference rows have.</summary>
/// <param name="Feature">The feature's place in a row.</param>
/// <param name="IsOrdered">Whether its values are quantities; else they are names.</param>
/// <param name="Points">The values, ascending; at least one.</param>
internal sealed record FeatureGrid(int Feature, bool IsOrdered, double[] Points)
{
    // Whole numbers beyond are codes, whose order says nothing.
    private const double LargestWhole = 1L << 53;

    /// <summary>
    /// Of a quantity its quantiles (each a value that occurs), or all its values where they are no more; of a category its most frequent values. Missing ones
    /// are no points. Null where every value is missing.
    /// </summary>
    public static FeatureGrid? Of(ReferenceTable table, int feature, int most)
    {
        var cells = table.Rows.Select(row => row[feature]).Where(cell => !double.IsNaN(cell)).Order().ToArray();
        var own = table.Row is { } row && !double.IsNaN(row[feature]) ? row[feature] : (double?)null;
        if (cells.Length == 0) return null;
        var ordered = IsQuantity(table, feature) && Math.Abs(cells[^1]) <= LargestWhole && Math.Abs(cells[0]) <= LargestWhole;
        var chosen = cells.Distinct().Count() <= most ? cells : ordered ? Quantiles(cells, most) : Frequent(cells, most);
        return new FeatureGrid(feature, ordered, [.. (own is { } value ? chosen.Append(value) : chosen).Distinct().Order()]);
    }

    private static bool IsQuantity(ReferenceTable table, int feature)
    {
        var block = table.Layout.Blocks.Single(block => feature >= block.Offset && feature < block.Offset + block.Size);
        var defined = table.Version.Metadata.Features?.FirstOrDefault(definition => definition.Name == table.Features[feature]);
        return block.Datatype is not (Datatype.Bytes or Datatype.Bool) && defined is not { Kind: "categorical" } and not { Categories.Count: > 0 };
    }

    /// <summary>The inverse of the distribution function (type 1 of Hyndman and Fan 1996) at equal steps.</summary>
    private static IEnumerable<double> Quantiles(double[] sorted, int most) => Enumerable.Range(0, most)
        .Select(point => sorted[Math.Max(0, (int)Math.Ceiling((double)point / (most - 1) * sorted.Length) - 1)]);

    private static IEnumerable<double> Frequent(double[] cells, int most) =>
        cells.GroupBy(cell => cell).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Take(most).Select(group => group.Key);
}
