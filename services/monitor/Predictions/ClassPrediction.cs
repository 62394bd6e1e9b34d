using Platform.Monitor.Features;

namespace Platform.Monitor.Predictions;

/// <summary>A class by name or number, without a score.</summary>
internal sealed class ClassPrediction(string output, LabelScheme labels) : PredictionLayout(output)
{
    public override IReadOnlyList<Feature> Features { get; } = [Feature.Category("class", labels.Classes)];

    public override Prediction Read(TensorRows tensor, int row, ReadOnlySpan<FeatureValues> into)
    {
        if (!tensor.IsComplete && !tensor.HasFirst(row))
            return Prediction.None;

        var decided = tensor.IsText ? tensor.Texts(row) is [var name, ..] ? name : null : ByNumber(tensor.Numbers(row));
        into[0].Add(decided);
        return Prediction.Of(decided);
    }

    private string? ByNumber(ReadOnlySpan<double> numbers) =>
        numbers is [var number, ..] && !double.IsNaN(number) ? labels.ClassOf(number) : null;
}
