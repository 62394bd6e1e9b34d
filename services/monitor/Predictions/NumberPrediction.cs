using Platform.Monitor.Features;
using Platform.Statistics.Performance;

namespace Platform.Monitor.Predictions;

/// <summary>A number per row, for regression and ranking.</summary>
internal sealed class NumberPrediction(string output) : PredictionLayout(output)
{
    public override IReadOnlyList<Feature> Features { get; } = [Feature.Number("value")];

    public override Prediction Read(TensorRows tensor, int row, ReadOnlySpan<FeatureValues> into)
    {
        if (!tensor.HasFirst(row) || tensor.ExactNumbers(row) is not [var value, ..])
            return Prediction.None;

        into[0].Add(value);
        return Prediction.Of(value);
    }
}
