using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Explainer.Rows;
using Platform.Onnx.Tensors;

namespace Platform.Explainer.Computing;

/// <summary>The values of rows' features as people know them: numbers, texts, names of categories; null for what is missing or hidden.</summary>
internal sealed class RowValues
{
    private static readonly JsonElement Missing = JsonSerializer.SerializeToElement<string?>(null);

    private readonly Instances _instances;
    private readonly InputBlock[] _blocks;
    private readonly bool[] _hidden;
    private readonly IReadOnlyList<string>?[] _categories;

    /// <param name="instances">The rows.</param>
    /// <param name="metadata">Names the categories, and what the log hides: what must not be kept there is not kept here.</param>
    /// <param name="names">The features' names.</param>
    public RowValues(Instances instances, VersionMetadata metadata, IReadOnlyList<string> names)
    {
        _instances = instances;
        _blocks = [.. instances.Layout.Blocks.SelectMany(block => Enumerable.Repeat(block, block.Size))];
        var hidden = (metadata.Logging?.Redact ?? []).Select(redacted => redacted.Feature).ToHashSet();
        _hidden = [.. names.Select((name, cell) => hidden.Contains(name) || hidden.Contains(_blocks[cell].Name))];
        var categories = (metadata.Features ?? []).DistinctBy(feature => feature.Name).ToDictionary(feature => feature.Name, feature => feature.Categories);
        _categories = [.. names.Select(categories.GetValueOrDefault)];
    }

    public IReadOnlyList<JsonElement> Of(int row) =>
        Of(_instances.Cells.AsSpan(row * _blocks.Length, _blocks.Length).ToArray());

    /// <summary>The same of any row of cells.</summary>
    public IReadOnlyList<JsonElement> Of(double[] cells) => [.. cells.Select((value, cell) => Of(value, cell))];

    /// <summary>One value of a feature.</summary>
    public JsonElement Of(double value, int cell) => _hidden[cell] ? Missing : Read(value, cell);

    private JsonElement Read(double value, int cell)
    {
        if (double.IsNaN(value)) return Missing;
        if (_blocks[cell].Datatype == Datatype.Bytes) return JsonSerializer.SerializeToElement(_instances.Vocabulary.Text(value));
        if (_categories[cell] is { } names && double.IsInteger(value) && value >= 0 && value < names.Count)
            return JsonSerializer.SerializeToElement(names[(int)value]);
        if (_blocks[cell].Datatype is Datatype.Int64 or Datatype.UInt64)
            return JsonSerializer.SerializeToElement((decimal)_instances.Vocabulary.Whole(value));
        return JsonSerializer.SerializeToElement(value);
    }
}
