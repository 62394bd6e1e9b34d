using Platform.Monitor.Features;

namespace Platform.Monitor.Predictions;

/// <summary>Several classes, the one with the highest score being decided for.</summary>
internal sealed class HighestScorePrediction(string output, LabelScheme labels) : PredictionLayout(output)
{
    public override IReadOnlyList<Feature> Features { get; } = [Feature.Category("class", labels.Classes), Feature.Number("score")];

    public override Prediction Read(TensorRows tensor, int row, ReadOnlySpan<FeatureValues> into)
    {
        var scores = tensor.Numbers(row);
        if (!tensor.IsComplete || scores.IsEmpty)
            return Prediction.None;

        var highest = IndexOfHighest(scores);
        var score = scores[highest];
        var decided = double.IsNaN(score) ? null : labels.ClassAt(highest);
        into[0].Add(decided);
        into[1].Add(score);
        return Prediction.Of(decided, score);
    }

    // A NaN among the scores is what the row then has for a score.
    private static int IndexOfHighest(ReadOnlySpan<double> scores)
    {
        var highest = 0;
        for (var at = 1; at < scores.Length; at++)
        {
            if (scores[at] > scores[highest] || double.IsNaN(scores[at]))
                highest = at;
        }

        return highest;
    }
}
