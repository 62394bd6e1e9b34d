using System.Globalization;
using Platform.Explainer.References;
using Platform.Hosting.Values;

namespace Platform.Explainer.Importance;

/// <summary>How far an answer is from what is known to be true of its row: 0 or 1 for classes, the distance for numbers.</summary>
internal sealed class RowTruth
{
    private readonly OutputMeaning _meaning;
    private readonly OutputKind _kind;
    private readonly string?[] _labels;

    private RowTruth(ReferenceTable table)
    {
        _meaning = new OutputMeaning(table.Version.Metadata, table.Output);
        _kind = _meaning.KindOf(table.Output);
        _labels = [.. table.Labels.Select(Resolve)];
    }

    /// <summary>Whether answers are classes; else they are numbers.</summary>
    public bool IsClass => _kind != OutputKind.Number;

    /// <summary>The classes in the order of the output; null for numbers.</summary>
    public IReadOnlyList<string>? Classes => IsClass ? _meaning.Classes ?? [.. _labels.OfType<string>().Distinct().Order(StringComparer.Ordinal)] : null;

    /// <summary>The rows whose truth is known.</summary>
    public IReadOnlyList<int> Rows => [.. Enumerable.Range(0, _labels.Length).Where(row => _labels[row] is not null)];

    /// <summary>What is known of the table's rows; null where the output cannot be compared with labels, or fewer than two rows have one.</summary>
    public static RowTruth? Of(ReferenceTable table) => IsLabelled(table) && new RowTruth(table) is { Rows.Count: > 1 } truth ? truth : null;

    // Labels are of the output that the metadata names, where they name one.
    private static bool IsLabelled(ReferenceTable table) => table.Version.Metadata.Output is not { } labelled || labelled == table.Output.Name;

    /// <summary>The class, or the number as text, of a row whose truth is known.</summary>
    public string Label(int row) => _labels[row]!;

    /// <summary>How wrong an answer is: every number of the output's row.</summary>
    public double Loss(int row, ReadOnlySpan<double> answer) => _kind switch
    {
        OutputKind.Number => Math.Abs(answer[0] - double.Parse(_labels[row]!, CultureInfo.InvariantCulture)),
        OutputKind.Class => _meaning.ClassOf(ScalarText.Of(answer[0])) == _labels[row] ? 0 : 1,
        _ => _meaning.Decide(answer) is { Place: >= 0 and var place } && _meaning.ClassAt(place) == _labels[row] ? 0 : 1,
    };

    private string? Resolve(string? label) => _kind switch
    {
        _ when label is null => null,
        OutputKind.Opaque => null,
        OutputKind.Number => double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? label : null,
        _ => _meaning.Classes is null ? ScalarText.Normalise(label) : _meaning.Find(label),
    };
}
