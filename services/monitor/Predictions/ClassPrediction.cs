using Platform.Hosting.Values;
using Platform.Monitor.Features;
using Platform.Statistics.Performance;

namespace Platform.Monitor.Predictions;

/// <summary>A class by name or number, without a score.</summary>
internal sealed class ClassPrediction(string output, string datatype, LabelScheme labels) : PredictionLayout(output)
{
    public override IReadOnlyList<Feature> Features { get; } = [Feature.Category("class", labels.Classes)];

    public override Prediction Read(TensorRows tensor, int row, ReadOnlySpan<FeatureValues> into)
    {
        if (!tensor.IsComplete && !tensor.HasFirst(row))
            return Prediction.None;

        var decided = TextOf(tensor, row) is { } answer ? labels.ClassOf(answer) : null;
        into[0].Add(decided);
        return Prediction.Of(decided);
    }

    // The answer as a label would give it; null where it is missing.
    private string? TextOf(TensorRows tensor, int row)
    {
        if (tensor.IsText)
            return tensor.Texts(row) is [{ Length: > 0 } name, ..] ? name : null;
        if (tensor.IsWhole)
            return tensor.Wholes(row) is [var whole, ..] && whole != TensorRows.Missing ? $"{whole}" : null;
        if (tensor.Numbers(row) is not [var number, ..] || double.IsNaN(number))
            return null;
        return datatype == Datatypes.Bool ? number == 0 ? "false" : "true" : ScalarText.Of(number);
    }
}
