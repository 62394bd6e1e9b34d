using Platform.Contracts.Registry;
using Platform.Hosting.Values;

namespace Platform.Explainer.Decisions;

/// <summary>What an answer of the model is taken for: one of its classes, or a number within a range or outside of it.</summary>
/// <param name="Classes">The classes by their places; null where it is about a range.</param>
/// <param name="Range">The range; null where it is about classes.</param>
/// <param name="Column">The number that is compared with the range.</param>
internal sealed record Decision(IReadOnlyList<string>? Classes, NumberRange? Range, int Column)
{
    /// <summary>The place of what is within the range.</summary>
    public const int Within = 1;

    private readonly OutputMeaning? _twoClasses;

    private Decision(IReadOnlyList<string> classes, OutputMeaning? twoClasses)
        : this(classes, null, 0) => _twoClasses = twoClasses;

    /// <summary>By classes as every service tells them: of two by the threshold, of several the highest; null where the numbers are no classes.</summary>
    /// <param name="meaning">What the version's author says of the output.</param>
    /// <param name="columns">A name for each of the output's numbers.</param>
    public static Decision? OfClasses(OutputMeaning meaning, IReadOnlyList<string> columns) => (meaning.Task, columns.Count) switch
    {
        (ModelTask.Regression or ModelTask.Ranking, _) => null,
        (ModelTask.Binary, 1 or 2) => new Decision([meaning.ClassAt(0), meaning.ClassAt(1)], meaning),
        (_, 1) => null,
        _ => new Decision(columns, twoClasses: null),
    };

    /// <summary>The place of what an answer is taken for; -1 where it holds a NaN.</summary>
    public int Of(ReadOnlySpan<double> answer)
    {
        foreach (var number in answer)
        {
            if (double.IsNaN(number)) return -1;
        }

        if (Range is not null) return Range.Holds(answer[Column]) ? Within : 0;
        return _twoClasses?.Decide(answer).Place ?? System.Numerics.Tensors.TensorPrimitives.IndexOfMax(answer);
    }

    /// <summary>The class at a place; null where it is about a range.</summary>
    public string? NameOf(int place) => Classes?[place];
}
