using Platform.Contracts.Registry;

namespace Platform.Hosting.Values;

/// <summary>
/// How a version's output is read: its task, its classes, and what a row of it decides for. Whoever shows, measures or watches an answer reads it
/// through this, so that one answer means one class everywhere.
/// </summary>
public sealed class OutputMeaning
{
    // Wider outputs are no list of classes: a segmented image, say.
    private const int MostUnnamed = 1_000;

    private const double DefaultThreshold = 0.5;

    private readonly ClassNames? _names;
    private readonly double _threshold;

    /// <param name="metadata">What the version's author says.</param>
    /// <param name="output">The output that is the prediction: scores without names have the classes 0, 1 and so on.</param>
    public OutputMeaning(VersionMetadata metadata, TensorSignature? output)
    {
        var named = metadata.Classes is { Count: > 0 } classes ? classes : null;
        Task = metadata.Task ?? named?.Count switch { 2 => ModelTask.Binary, > 2 => ModelTask.Multiclass, _ => null };
        Classes = named ?? ByPosition(output);
        _names = Classes is null ? null : new(Classes, metadata.PositiveClass);
        PositiveIndex = _names?.PositiveIndex ?? 1;
        _threshold = metadata.Threshold ?? DefaultThreshold;
    }

    /// <summary>One of <see cref="ModelTask.All"/>, or null where nothing tells.</summary>
    public string? Task { get; }

    /// <summary>The classes in the order of the output; null where nothing tells.</summary>
    public IReadOnlyList<string>? Classes { get; }

    /// <summary>Where the positive class is; the last one unless the metadata say otherwise.</summary>
    public int PositiveIndex { get; }

    /// <summary>Where the other one of two classes is.</summary>
    public int NegativeIndex => PositiveIndex == 0 ? 1 : 0;

    /// <summary>The output that holds the prediction: the one that the metadata names, else the first; null where there are none.</summary>
    public static TensorSignature? OutputOf(VersionMetadata metadata, IReadOnlyList<TensorSignature> outputs) =>
        outputs.FirstOrDefault(tensor => tensor.Name == metadata.Output) ?? (outputs.Count == 0 ? null : outputs[0]);

    /// <summary>The class at a place of the output.</summary>
    public string ClassAt(int index) => Classes is not null && index < Classes.Count ? Classes[index] : $"{index}";

    /// <summary>The class that a text means, by the rule of <see cref="ClassNames"/>; null where it means none.</summary>
    public string? Find(string text) => _names?.Find(text) is { } at ? _names.Names[at] : null;

    /// <summary>The class that an output of class names or numbers means, by the rule of <see cref="ClassNames"/>; else itself.</summary>
    public string ClassOf(string answer) => Find(answer) ?? ScalarText.Normalise(answer);

    /// <summary>What a row of the output that is the prediction is.</summary>
    public OutputKind KindOf(TensorSignature output) => Task switch
    {
        ModelTask.Binary when IsFloat(output) => OutputKind.TwoScores,
        ModelTask.Multiclass when IsFloat(output) && TensorWidth.Of(output) != 1 => OutputKind.Scores,
        ModelTask.Binary or ModelTask.Multiclass => OutputKind.Class,
        ModelTask.Regression or ModelTask.Ranking when output.Datatype != "BYTES" => OutputKind.Number,
        _ => OutputKind.Opaque,
    };

    /// <summary>What the scores of a row decide for, where the output holds scores.</summary>
    /// <param name="scores">At least one.</param>
    /// <returns>
    /// The place of the class, or -1 where the score is NaN; and the score that decided: of two classes the positive one's, of several the highest, or a
    /// NaN among them.
    /// </returns>
    public (int Place, double Score) Decide(ReadOnlySpan<double> scores)
    {
        if (Task == ModelTask.Multiclass)
        {
            var highest = IndexOfHighest(scores);
            return (double.IsNaN(scores[highest]) ? -1 : highest, scores[highest]);
        }

        var score = scores.Length == 1 ? scores[0] : scores[Math.Min(PositiveIndex, scores.Length - 1)];
        return (double.IsNaN(score) ? -1 : score >= _threshold ? PositiveIndex : NegativeIndex, score);
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

    private string[]? ByPosition(TensorSignature? output)
    {
        if (output is null || !IsFloat(output))
            return null;
        if (Task == ModelTask.Binary)
            return ["0", "1"];
        return Task == ModelTask.Multiclass && TensorWidth.Of(output) is { } width and > 1 and <= MostUnnamed
            ? [.. Enumerable.Range(0, (int)width).Select(index => $"{index}")]
            : null;
    }

    private static bool IsFloat(TensorSignature output) => output.Datatype is "FP16" or "FP32" or "FP64" or "BF16";
}
