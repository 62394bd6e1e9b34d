using Platform.Monitor.Features;

namespace Platform.Monitor.Predictions;

/// <summary>Two classes by score: one score per row, the positive class's, or one for either class.</summary>
internal sealed class ScorePrediction(string output, LabelScheme labels, double threshold) : PredictionLayout(output)
{
    public override IReadOnlyList<Feature> Features { get; } = [Feature.Category("class", labels.Classes), Feature.Number("score")];

    public override Prediction Read(TensorRows tensor, int row, ReadOnlySpan<FeatureValues> into)
    {
        var scores = tensor.Numbers(row);
        if (!tensor.IsComplete || scores.IsEmpty)
            return Prediction.None;

        var score = scores.Length == 1 ? scores[0] : scores[Math.Min(labels.PositiveIndex, scores.Length - 1)];
        var decided = double.IsNaN(score) ? null : score >= threshold ? labels.Positive : labels.Negative;
        into[0].Add(decided);
        into[1].Add(score);
        return Prediction.Of(decided, score);
    }
}
