using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Registry.References;

namespace Platform.Registry.Scoring;

/// <summary>Where the values of a named feature lie in reference rows.</summary>
/// <param name="Input">The input tensor's name.</param>
/// <param name="Position">The value's place in its flat values.</param>
/// <param name="Feature">What the author says of it.</param>
internal sealed record FeatureColumn(string Input, int Position, FeatureDefinition Feature)
{
    public bool IsCategorical => Feature.Kind == "categorical";

    /// <summary>The column of the feature; null where the version has none of that name.</summary>
    public static FeatureColumn? Find(ModelVersionDescription version, string? name)
    {
        foreach (var input in version.Signature.Inputs)
        {
            var features = InputFeatures.Of(version.Metadata.Features, input, version.Signature);
            for (var position = 0; position < features.Count; position++)
                if (features[position].Name == name) return new FeatureColumn(input.Name, position, features[position]);
        }
        return null;
    }

    /// <summary>The value; null where the row has none.</summary>
    public JsonElement? ValueOf(ReferenceRow row) =>
        row.Inputs.TryGetValue(Input, out var values) && Position < values.GetArrayLength() ? values[Position] : null;

    /// <summary>The row with another value in this column; null for a missing one.</summary>
    public ReferenceRow With(ReferenceRow row, object? value)
    {
        object?[] values = [.. row.Inputs[Input].EnumerateArray().Select(item => (object?)item)];
        values[Position] = value;
        return row with { Inputs = new Dictionary<string, JsonElement>(row.Inputs) { [Input] = JsonSerializer.SerializeToElement(values) } };
    }

    /// <summary>The row with its number in this column moved, by a whole number where the tensor holds such; itself where it has none.</summary>
    public ReferenceRow Moved(ReferenceRow row, double by, bool isWhole)
    {
        if (ValueOf(row) is not { ValueKind: JsonValueKind.Number } value) return row;
        if (!isWhole) return With(row, value.GetDouble() + by);
        // Of numbers beyond 64 bits with a sign a step is nothing.
        return value.TryGetInt64(out var whole) ? With(row, whole + (long)Math.Round(by)) : row;
    }

    /// <summary>The name of the category that the row has; null where it is missing or has no name.</summary>
    public string? CategoryOf(ReferenceRow row) => ValueOf(row) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => NameOf(number),
        _ => null,
    };

    private string? NameOf(JsonElement number) =>
        Feature.Categories is not { } names ? number.GetRawText()
        : number.TryGetDouble(out var at) && at >= 0 && at < names.Count && double.IsInteger(at) ? names[(int)at]
        : null;
}
