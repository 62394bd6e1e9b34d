using System.Globalization;
using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Hosting.Values;

namespace Platform.Registry.References;

/// <summary>Writes true labels: class names where the metadata names the classes, numbers where the task is about numbers.</summary>
internal sealed class LabelWriter(VersionMetadata metadata)
{
    private readonly bool _isNumeric = metadata.Task is "regression" or "ranking";
    private readonly ClassNames? _classes = metadata.Classes is { } names ? new(names, metadata.PositiveClass) : null;

    /// <summary>Whether a row has no label: its cell is missing, as <see cref="MissingValue"/> says.</summary>
    public bool IsMissing(string? cell) => MissingValue.IsEmpty(cell)
        || ((_isNumeric || _classes is not null) && MissingValue.IsMissing(cell) && _classes?.Find(cell!) is null);

    /// <summary>Writes a label; returns why it is none, or null.</summary>
    public string? TryWrite(Utf8JsonWriter json, string cell)
    {
        if (_classes is not null && !_isNumeric) return TryWriteClass(json, cell, _classes);
        if (_isNumeric) return TryWriteNumber(json, cell);
        if (ScalarText.TryNormaliseNumber(cell, out var number)) json.WriteRawValue(number);
        else json.WriteStringValue(cell);
        return null;
    }

    private static string? TryWriteClass(Utf8JsonWriter json, string cell, ClassNames classes)
    {
        if (classes.Find(cell) is not { } index) return $"'{cell}' is none of the classes {CellWriter.Names(classes.Names)}";
        json.WriteStringValue(classes.Names[index]);
        return null;
    }

    private static string? TryWriteNumber(Utf8JsonWriter json, string cell)
    {
        if (ScalarText.TryNormaliseNumber(cell, out var number)) json.WriteRawValue(number);
        else if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
            json.WriteNumberValue(value); // with zeros in front
        else return $"'{cell}' is not a number";
        return null;
    }
}
