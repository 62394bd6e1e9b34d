using System.Globalization;
using Platform.Contracts.Registry;
using Platform.Hosting.Values;

namespace Platform.Statistics.Performance;

/// <summary>What labels mean to a version: its task and its classes.</summary>
/// <param name="metadata">What the version's author says.</param>
/// <param name="output">The output that is the prediction: scores without names have the classes 0, 1 and so on.</param>
public sealed class LabelScheme(VersionMetadata metadata, TensorSignature? output = null)
{
    private const int MostListed = 10;

    /// <summary>How the version's output is read.</summary>
    public OutputMeaning Meaning { get; } = new(metadata, output);

    /// <summary>One of <see cref="ModelTask.All"/>, or null where nothing tells.</summary>
    public string? Task => Meaning.Task;

    /// <summary>The classes in the order of the output; null where nothing tells.</summary>
    public IReadOnlyList<string>? Classes => Meaning.Classes;

    /// <summary>Where the positive class is; the last one unless the metadata say otherwise.</summary>
    public int PositiveIndex => Meaning.PositiveIndex;

    public string Positive => ClassAt(PositiveIndex);

    /// <summary>The other one of two classes.</summary>
    public string Negative => ClassAt(Meaning.NegativeIndex);

    /// <summary>The class at a place of the output.</summary>
    public string ClassAt(int index) => Meaning.ClassAt(index);

    /// <inheritdoc cref="OutputMeaning.ClassOf"/>
    public string ClassOf(string answer) => Meaning.ClassOf(answer);

    /// <summary>
    /// The class or number that a label stands for, classes by the rule of <see cref="ClassNames"/>; null where it stands for none.
    /// </summary>
    public string? Resolve(string label)
    {
        if (Task is ModelTask.Regression or ModelTask.Ranking)
            return IsNumber(label) ? label : null;
        return Classes is null ? ScalarText.Normalise(label) : Meaning.Find(label);
    }

    /// <summary>What a label must be, for messages.</summary>
    public string Expectation => Classes is null || Task is ModelTask.Regression or ModelTask.Ranking
        ? "a number"
        : $"one of {string.Join(", ", Classes.Take(MostListed).Select(name => $"'{name}'"))}{(Classes.Count > MostListed ? ", …" : "")}";

    /// <summary>Whether a text is a finite number.</summary>
    public static bool IsNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value);
}
