using Platform.Contracts.Registry;
using Platform.Onnx.Tensors;
using Platform.Registry.Sessions;

namespace Platform.Registry.References;

/// <summary>Writes rows of a dataset as JSON lines of <see cref="ReferenceRow"/>.</summary>
internal sealed class RowWriter(ReferenceLayout layout, IReadOnlyList<string> header, VersionMetadata metadata, JsonLineWriter lines)
{
    private readonly LabelWriter _labels = new(metadata);
    private readonly List<string?> _values = [];

    /// <summary>Writes one row. Throws <see cref="ReferenceException"/> when it does not fit the signature.</summary>
    public void Write(SourceRow row)
    {
        lines.Begin();
        lines.Json.WriteStartObject("inputs");
        foreach (var input in layout.Inputs) WriteInput(row, input);
        lines.Json.WriteEndObject();
        WriteLabel(row);
        lines.End();
    }

    private void WriteInput(SourceRow row, InputColumns input)
    {
        _values.Clear();
        foreach (var column in input.Columns) row.CopyTo(column, _values);
        if (RowShape.Fill(input.Tensor, _values.Count) is null) throw Misfit(row, input);
        Datatypes.TryParse(input.Tensor.Datatype, out var datatype);
        lines.Json.WriteStartArray(input.Tensor.Name);
        for (var i = 0; i < _values.Count; i++)
        {
            var categories = i < input.Categories.Count ? input.Categories[i] : null;
            if (CellWriter.TryWrite(lines.Json, _values[i], datatype, categories) is { } problem)
                throw new ReferenceException($"Row {row.Number}, column '{NameOf(input, i)}': {problem}.");
        }
        lines.Json.WriteEndArray();
    }

    private void WriteLabel(SourceRow row)
    {
        if (layout.Label is not { } column) return;
        _values.Clear();
        row.CopyTo(column, _values);
        if (_values is not [{ } label] || _labels.IsMissing(label)) return;
        lines.Json.WritePropertyName("label");
        if (_labels.TryWrite(lines.Json, label) is { } problem)
            throw new ReferenceException($"Row {row.Number}, column '{header[column]}': {problem}.");
    }

    private string NameOf(InputColumns input, int value) =>
        value < input.Features.Count ? input.Features[value].Name : header[input.Columns[Math.Min(value, input.Columns.Count - 1)]];

    private ReferenceException Misfit(SourceRow row, InputColumns input) => new(
        $"Row {row.Number} has {_values.Count} values for the input '{input.Tensor.Name}', whose shape is "
        + $"{Shapes.Describe([.. input.Tensor.Shape])}. Name the label's column as target in the metadata, and the columns of the input as features.");
}
