using System.Text.Json;
using Platform.Contracts.Inference;

namespace Platform.Hosting.PredictionLog.Tables;

/// <summary>A tensor of a record, row by row.</summary>
internal sealed class RowTensor
{
    private readonly JsonElement[] _cells;

    /// <summary>Throws <see cref="JsonException"/> where the tensor is not what its shape says.</summary>
    public RowTensor(LoggedTensor tensor, int rows)
    {
        if (tensor.Data.ValueKind != JsonValueKind.Array || tensor.Shape.Any(size => size < 0))
            throw new JsonException("The elements of a tensor are a flat array.");
        var elements = tensor.Shape.Aggregate(1.0, (product, size) => product * size);
        Tensor = tensor;
        Width = elements / rows is var width && double.IsInteger(width) && width <= int.MaxValue
            ? (int)width
            : throw new JsonException("The rows of a tensor are equally long.");
        IsComplete = tensor.Stride == 1;
        _cells = IsComplete ? [.. tensor.Data.EnumerateArray()] : [];
        if (IsComplete && _cells.Length != elements)
            throw new JsonException("A tensor has as many elements as its shape says.");
    }

    public LoggedTensor Tensor { get; }

    /// <summary>Elements of a row.</summary>
    public int Width { get; }

    /// <summary>Whether the log holds all elements, and no sample.</summary>
    public bool IsComplete { get; }

    /// <summary>A row's elements; null where the log holds a sample.</summary>
    public IReadOnlyList<JsonElement>? Row(int row) =>
        IsComplete ? (IReadOnlyList<JsonElement>)new ArraySegment<JsonElement>(_cells, row * Width, Width) : null;

    /// <summary>One of them; null where the log holds a sample.</summary>
    public JsonElement? Cell(int row, int column) => IsComplete ? _cells[row * Width + column] : null;

    /// <summary>The type of a column, or of all: text, too, where a cell is one, as that of a feature which was hashed.</summary>
    public TableType TypeOf(int? column)
    {
        var type = TableType.Of(Tensor.Datatype);
        for (var at = column ?? 0; at < _cells.Length && type != TableType.Text; at += column is null ? 1 : Width)
        {
            if (_cells[at].ValueKind == JsonValueKind.String)
                type = TableType.Text;
        }

        return type;
    }
}
