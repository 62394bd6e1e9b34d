using System.Globalization;
using Platform.Contracts.Registry;
using Platform.Monitor.Metrics;

namespace Platform.Monitor.Predictions;

/// <summary>What labels mean to a version: its task and its classes.</summary>
internal sealed class LabelScheme
{
    public LabelScheme(VersionMetadata metadata)
    {
        Classes = metadata.Classes is { Count: > 0 } classes ? classes : null;
        Task = metadata.Task ?? Classes?.Count switch { 2 => ModelTask.Binary, > 2 => ModelTask.Multiclass, _ => null };
        PositiveIndex = Classes is null ? 1 : Math.Max(0, IndexOf(metadata.PositiveClass) ?? Classes.Count - 1);
    }

    /// <summary>One of <see cref="ModelTask.All"/>, or null where nothing tells.</summary>
    public string? Task { get; }

    /// <summary>The classes in the order of the output; null where the metadata name none.</summary>
    public IReadOnlyList<string>? Classes { get; }

    /// <summary>Where the positive class is; the last one unless the metadata say otherwise.</summary>
    public int PositiveIndex { get; }

    public string Positive => ClassAt(PositiveIndex);

    /// <summary>The other one of two classes.</summary>
    public string Negative => ClassAt(PositiveIndex == 0 ? 1 : 0);

    /// <summary>The class of that number: its name where there is one.</summary>
    public string ClassAt(double number) => Classes is not null && number >= 0 && number < Classes.Count && number == Math.Floor(number)
        ? Classes[(int)number]
        : number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>
    /// The class or number that a label stands for; null where it stands for none. A class may be given by name, by its
    /// number, and of two classes as true or false.
    /// </summary>
    public string? Resolve(string label)
    {
        if (Task is ModelTask.Regression or ModelTask.Ranking)
            return IsNumber(label) ? label : null;
        if (Task == ModelTask.Binary && label is "true" or "false")
            return label == "true" ? Positive : Negative;
        if (Classes is null || IndexOf(label) is not null)
            return label;
        var isIndex = int.TryParse(label, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < Classes.Count;
        return isIndex ? Classes[index] : null;
    }

    private static bool IsNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value);

    private int? IndexOf(string? name)
    {
        for (var at = 0; at < Classes?.Count; at++)
        {
            if (Classes[at] == name)
                return at;
        }

        return null;
    }
}
