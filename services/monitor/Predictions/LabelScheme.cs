using System.Globalization;
using Platform.Contracts.Registry;
using Platform.Hosting.Values;
using Platform.Monitor.Features;
using Platform.Monitor.Metrics;

namespace Platform.Monitor.Predictions;

/// <summary>What labels mean to a version: its task and its classes.</summary>
internal sealed class LabelScheme
{
    // Wider outputs are no list of classes: a segmented image, say.
    private const int MostUnnamed = 1_000;

    private const int MostListed = 10;

    private readonly ClassNames? _names;

    /// <param name="metadata">What the version's author says.</param>
    /// <param name="output">The output that is the prediction: scores without names have the classes 0, 1 and so on.</param>
    public LabelScheme(VersionMetadata metadata, TensorSignature? output = null)
    {
        var named = metadata.Classes is { Count: > 0 } classes ? classes : null;
        Task = metadata.Task ?? named?.Count switch { 2 => ModelTask.Binary, > 2 => ModelTask.Multiclass, _ => null };
        Classes = named ?? ByPosition(output);
        _names = Classes is null ? null : new(Classes, metadata.PositiveClass);
        PositiveIndex = _names?.PositiveIndex ?? 1;
    }

    /// <summary>One of <see cref="ModelTask.All"/>, or null where nothing tells.</summary>
    public string? Task { get; }

    /// <summary>The classes in the order of the output; null where nothing tells.</summary>
    public IReadOnlyList<string>? Classes { get; }

    /// <summary>Where the positive class is; the last one unless the metadata say otherwise.</summary>
    public int PositiveIndex { get; }

    public string Positive => ClassAt(PositiveIndex);

    /// <summary>The other one of two classes.</summary>
    public string Negative => ClassAt(PositiveIndex == 0 ? 1 : 0);

    /// <summary>The class at a place of the output.</summary>
    public string ClassAt(int index) => Classes is not null && index < Classes.Count ? Classes[index] : $"{index}";

    /// <summary>The class that an output of class names or numbers means, by the rule of <see cref="ClassNames"/>; else itself.</summary>
    public string ClassOf(string answer) => Find(answer) ?? ScalarText.Normalise(answer);

    /// <summary>
    /// The class or number that a label stands for, classes by the rule of <see cref="ClassNames"/>; null where it stands for none.
    /// </summary>
    public string? Resolve(string label)
    {
        if (Task is ModelTask.Regression or ModelTask.Ranking)
            return IsNumber(label) ? label : null;
        return _names is null ? ScalarText.Normalise(label) : Find(label);
    }

    /// <summary>What a label must be, for messages.</summary>
    public string Expectation => Classes is null || Task is ModelTask.Regression or ModelTask.Ranking
        ? "a number"
        : $"one of {string.Join(", ", Classes.Take(MostListed).Select(name => $"'{name}'"))}{(Classes.Count > MostListed ? ", …" : "")}";

    private string? Find(string label) => _names?.Find(label) is { } at ? _names.Names[at] : null;

    private string[]? ByPosition(TensorSignature? output)
    {
        if (output is null || !Datatypes.IsFloat(output.Datatype))
            return null;
        if (Task == ModelTask.Binary)
            return ["0", "1"];
        return Task == ModelTask.Multiclass && TensorWidth.Of(output) is { } width and > 1 and <= MostUnnamed
            ? [.. Enumerable.Range(0, (int)width).Select(index => $"{index}")]
            : null;
    }

    /// <summary>Whether a text is a finite number.</summary>
    public static bool IsNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value);
}
