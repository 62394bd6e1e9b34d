namespace Platform.Monitor.Features;

/// <summary>
/// A large or shapeless numeric input such as an image, watched by what its row looks like as a whole: mean, standard
/// deviation, smallest and largest element, share of zeros. A row that was logged in part comes with its summary; of one that
/// does not, the extremes are unknown.
/// </summary>
internal sealed class TensorLayout(string input, string datatype) : InputLayout(input)
{
    public override IReadOnlyList<Feature> Features { get; } =
    [
        Feature.Number($"{input}.mean"), Feature.Number($"{input}.std"), Feature.Number($"{input}.min"),
        Feature.Number($"{input}.max"), Feature.Number($"{input}.zeros"),
    ];

    public override void Read(TensorRows tensor, int row, ReadOnlySpan<FeatureValues> into)
    {
        if (Summarise(tensor, row) is not { } summary)
            return;

        into[0].Add(summary.Mean);
        into[1].Add(summary.Std);
        into[4].Add(summary.Zeros);
        if (!tensor.IsComplete && double.IsNaN(summary.Min.High))
            return;

        into[2].Add(summary.Min);
        into[3].Add(summary.Max);
    }

    private RowSummary? Summarise(TensorRows tensor, int row)
    {
        if (row < tensor.Summaries.Count)
            return tensor.Summaries[row];

        var elements = tensor.ExactNumbers(row);
        return elements.Length == 0 ? null : RowSummary.Of(elements, tensor.IsComplete, datatype);
    }
}
