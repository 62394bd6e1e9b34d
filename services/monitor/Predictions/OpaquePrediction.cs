using Platform.Monitor.Features;
using Platform.Statistics.Performance;

namespace Platform.Monitor.Predictions;

/// <summary>An output of which nobody has said what it means: watched like an input, compared with no label.</summary>
internal sealed class OpaquePrediction(InputLayout layout) : PredictionLayout(layout.Input)
{
    public override IReadOnlyList<Feature> Features => layout.Features;

    public override Prediction Read(TensorRows tensor, int row, ReadOnlySpan<FeatureValues> into)
    {
        layout.Read(tensor, row, into);
        return Prediction.None;
    }
}
