namespace Platform.Monitor.Features;

/// <summary>
/// A large or shapeless numeric input such as an image, watched by what its row looks like as a whole: mean, standard
/// deviation, smallest and largest element, share of zeros. Of a row that was logged in part the extremes are unknown.
/// </summary>
internal sealed class TensorLayout(string input) : InputLayout(input)
{
    public override IReadOnlyList<Feature> Features { get; } =
    [
        Feature.Number($"{input}.mean"), Feature.Number($"{input}.std"), Feature.Number($"{input}.min"),
        Feature.Number($"{input}.max"), Feature.Number($"{input}.zeros"),
    ];

    public override void Read(TensorRows tensor, int row, ReadOnlySpan<FeatureValues> into)
    {
        var elements = tensor.Numbers(row);
        if (elements.IsEmpty)
            return;

        var (sum, zeros, least, most) = (0.0, 0, double.PositiveInfinity, double.NegativeInfinity);
        foreach (var element in elements)
        {
            sum += element;
            zeros += element == 0 ? 1 : 0;
            least = Math.Min(least, element);
            most = Math.Max(most, element);
        }

        var mean = sum / elements.Length;
        into[0].Add(mean);
        into[1].Add(Deviation(elements, mean));
        into[4].Add(zeros / (double)elements.Length);
        if (!tensor.IsComplete)
            return;

        into[2].Add(least);
        into[3].Add(most);
    }

    private static double Deviation(ReadOnlySpan<double> elements, double mean)
    {
        var squares = 0.0;
        foreach (var element in elements)
            squares += (element - mean) * (element - mean);
        return Math.Sqrt(squares / elements.Length);
    }
}
