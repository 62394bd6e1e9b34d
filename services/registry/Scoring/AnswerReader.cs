using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Hosting.Values;
using Platform.Statistics.Performance;
using Platform.Statistics.Samples;

namespace Platform.Registry.Scoring;

/// <summary>Reads what a version said of a row: a class, with its score where there is one, or a number.</summary>
/// <param name="output">The output that holds the prediction; null for a version without outputs.</param>
/// <param name="labels">What it means.</param>
internal sealed class AnswerReader(TensorSignature? output, LabelScheme labels)
{
    public Prediction Read(ReferencePrediction answer)
    {
        if (output is null || !answer.Outputs.TryGetValue(output.Name, out var values) || values.GetArrayLength() == 0) return Prediction.None;
        return labels.Meaning.KindOf(output) switch
        {
            OutputKind.TwoScores or OutputKind.Scores => OfScores([.. values.EnumerateArray().Select(NumberOf)]),
            OutputKind.Class => ScalarText.Of(values[0]) is { Length: > 0 } text ? Prediction.Of(labels.ClassOf(text)) : Prediction.None,
            OutputKind.Number => Prediction.Of(ExactNumber.Parse(values[0].GetRawText())),
            _ => Prediction.None,
        };
    }

    /// <summary>
    /// What rises and falls of an answer: the number, or the score of a class, of two classes the positive one where none is named; NaN where the
    /// version gives no such thing.
    /// </summary>
    public double LevelOf(ReferencePrediction answer, string? ofClass)
    {
        if (output is null || !answer.Outputs.TryGetValue(output.Name, out var values) || values.GetArrayLength() == 0) return double.NaN;
        return labels.Meaning.KindOf(output) switch
        {
            OutputKind.TwoScores when values.GetArrayLength() == 1 => ofClass is null || PlaceOf(ofClass) == labels.PositiveIndex ? NumberOf(values[0]) : -NumberOf(values[0]),
            OutputKind.TwoScores or OutputKind.Scores => PlaceOf(ofClass ?? labels.Positive) is var place && place >= 0 && place < values.GetArrayLength()
                ? NumberOf(values[place]) : double.NaN,
            OutputKind.Number => NumberOf(values[0]),
            _ => double.NaN,
        };
    }

    /// <summary>Whether the version gives scores of this class, or numbers where none is named.</summary>
    public bool HasLevel(string? ofClass) => output is not null && labels.Meaning.KindOf(output) switch
    {
        OutputKind.TwoScores => ofClass is null || PlaceOf(ofClass) >= 0,
        OutputKind.Scores => ofClass is not null && PlaceOf(ofClass) >= 0,
        OutputKind.Number => ofClass is null,
        _ => false,
    };

    private int PlaceOf(string name) => labels.Classes is { } classes && labels.Resolve(name) is { } found ? classes.ToList().IndexOf(found) : -1;

    private Prediction OfScores(double[] scores)
    {
        var (place, score) = labels.Meaning.Decide(scores);
        return Prediction.Of(place < 0 ? null : labels.ClassAt(place), score);
    }

    // Of 32 bits a decimal stands for the nearest number of 32 bits, which is what a threshold was held against.
    private double NumberOf(JsonElement value) => output!.Datatype == "FP64" ? value.GetDouble() : value.GetSingle();
}
