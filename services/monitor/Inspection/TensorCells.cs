using System.Text.Json;
using Platform.Contracts.Inference;
using Platform.Contracts.Registry;
using Platform.Monitor.Features;

namespace Platform.Monitor.Inspection;

/// <summary>The cells of a record's tensors, by row.</summary>
internal sealed class TensorCells
{
    private readonly JsonElement[] _cells;
    private readonly int _width;

    public TensorCells(LoggedTensor tensor, int rows)
    {
        Tensor = tensor;
        _cells = [.. tensor.Data.EnumerateArray()];
        _width = tensor.Stride == 1 ? _cells.Length / Math.Max(1, rows) : 0;
    }

    public LoggedTensor Tensor { get; }

    /// <summary>The elements of a row; empty where the log holds a sample.</summary>
    public IReadOnlyList<JsonElement> Row(int row) => new ArraySegment<JsonElement>(_cells, row * _width, _width);

    /// <summary>Adds a row's cells under the names of the columns; nothing where they have none, or the log holds a sample.</summary>
    public void AddFeatures(int row, ILookup<string, FeatureDefinition> definitions, Dictionary<string, JsonElement> into)
    {
        var cells = Row(row);
        for (var column = 0; column < Math.Min(cells.Count, Tensor.Features?.Count ?? 0); column++)
        {
            var name = Tensor.Features![column];
            into[name] = Named(cells[column], definitions[name].FirstOrDefault());
        }
    }

    // A category of a numeric tensor is an index; what stands beyond the list is shown as it came.
    private JsonElement Named(JsonElement cell, FeatureDefinition? definition) =>
        Tensor.Datatype != Datatypes.Bytes && definition?.Categories is { } categories && cell.ValueKind == JsonValueKind.Number
            && cell.GetDouble() is var index && double.IsInteger(index) && index >= 0 && index < categories.Count
            ? JsonSerializer.SerializeToElement(categories[(int)index])
            : cell;
}
