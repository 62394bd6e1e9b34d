using Platform.Monitor.Features;
using Platform.Statistics.Performance;

namespace Platform.Monitor.Predictions;

/// <summary>A class by its score: of two classes a threshold decides, of several the highest.</summary>
internal sealed class ScorePrediction(string output, LabelScheme labels) : PredictionLayout(output)
{
    public override IReadOnlyList<Feature> Features { get; } = [Feature.Category("class", labels.Classes), Feature.Number("score")];

    public override Prediction Read(TensorRows tensor, int row, ReadOnlySpan<FeatureValues> into)
    {
        var scores = tensor.Numbers(row);
        if (!tensor.IsComplete || scores.IsEmpty)
            return Prediction.None;

        var (place, score) = labels.Meaning.Decide(scores);
        var decided = place < 0 ? null : labels.ClassAt(place);
        into[0].Add(decided);
        into[1].Add(score);
        return Prediction.Of(decided, score);
    }
}
