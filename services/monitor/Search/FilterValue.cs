using System.Text.Json;
using Platform.Hosting.Values;

namespace Platform.Monitor.Search;

/// <summary>A value that is compared: a number, a text, or nothing.</summary>
/// <param name="Number">The number; NaN where it is none.</param>
/// <param name="Text">The text, a number in its plain notation; null where the value is missing.</param>
internal readonly record struct FilterValue(double Number, string? Text)
{
    public static FilterValue Missing { get; } = new(double.NaN, null);

    public bool IsMissing => Text is null;

    /// <summary>Numbers are compared as such, everything else by its text.</summary>
    public bool IsSameAs(FilterValue other) =>
        double.IsNaN(Number) || double.IsNaN(other.Number) ? Text == other.Text : Number == other.Number;

    public static FilterValue Of(double? number) => number is { } value && !double.IsNaN(value) ? new(value, ScalarText.Of(value)) : Missing;

    public static FilterValue Of(string? text) => MissingValue.IsEmpty(text) ? Missing : new(double.NaN, ScalarText.Normalise(text!));

    /// <summary>A cell of the log.</summary>
    public static FilterValue Of(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Number => Of(cell.GetDouble()),
        JsonValueKind.String => Of(cell.GetString()),
        JsonValueKind.True => Of(1.0),
        JsonValueKind.False => Of(0.0),
        _ => Missing,
    };
}
