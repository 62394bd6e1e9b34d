using System.Globalization;
using System.Text.Json;
using Platform.Contracts.Registry;

namespace Platform.Registry.References;

/// <summary>Writes true labels: class names where the metadata names the classes, numbers where the task is about numbers.</summary>
internal sealed class LabelWriter(VersionMetadata metadata)
{
    private readonly bool _isNumeric = metadata.Task is "regression" or "ranking";

    /// <summary>Writes a label; returns why it is none, or null.</summary>
    public string? TryWrite(Utf8JsonWriter json, string cell)
    {
        if (metadata.Classes is { } classes && !_isNumeric) return TryWriteClass(json, cell, classes);
        if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            json.WriteNumberValue(number);
        else if (_isNumeric)
            return $"'{cell}' is not a number";
        else
            json.WriteStringValue(cell);
        return null;
    }

    private static string? TryWriteClass(Utf8JsonWriter json, string cell, IReadOnlyList<string> classes)
    {
        var index = CellWriter.IndexOf(classes, cell);
        if (index < 0) return $"'{cell}' is none of the classes {CellWriter.Names(classes)}";
        json.WriteStringValue(classes[index]);
        return null;
    }
}
