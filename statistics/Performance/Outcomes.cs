namespace Platform.Statistics.Performance;

/// <summary>Predictions beside their labels; a label is null until it is known.</summary>
/// <param name="Predictions">One per row.</param>
/// <param name="Labels">As many: the class, or the number in text form, that turned out to be true.</param>
public readonly record struct Outcomes(IReadOnlyList<Prediction> Predictions, IReadOnlyList<string?> Labels)
{
    /// <summary>The rows that have a label and a prediction to compare it with.</summary>
    public IEnumerable<(Prediction Prediction, string Label)> Labelled()
    {
        for (var row = 0; row < Predictions.Count; row++)
        {
            var prediction = Predictions[row];
            if (Labels[row] is { } label && prediction.IsKnown)
                yield return (prediction, label);
        }
    }
}
