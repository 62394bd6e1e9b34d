using System.Text.Json;
using Platform.Hosting.Values;
using Platform.Inference.RowFiles;
using Platform.Inference.Rows;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Scoring;

/// <summary>Writes rows of a file as those of a request by feature name, which is read, and refused, as any other.</summary>
internal sealed class FeatureCells
{
    private readonly (JsonEncodedText Name, RowColumn Column, int Place)[] _features;

    private FeatureCells((JsonEncodedText Name, RowColumn Column, int Place)[] features) => _features = features;

    /// <summary>Finds the features among the file's columns. Throws <see cref="RowFileException"/> where one is not there.</summary>
    public static FeatureCells Find(IReadOnlyList<FileColumn> columns, RowSchema schema)
    {
        var places = columns.Select((column, place) => (column.Name, place)).ToDictionary(pair => pair.Name, pair => pair.place, StringComparer.Ordinal);
        var missing = schema.Columns.Where(column => !places.ContainsKey(column.Name)).Select(column => $"'{column.Name}'").ToList();
        if (missing.Count > 0)
            throw new RowFileException($"The file has no {(missing.Count == 1 ? "column" : "columns")} {Listed(missing)}: it must have one for each feature of the model, by its name.");
        return new([.. schema.Columns.Select(column => (JsonEncodedText.Encode(column.Name), column, places[column.Name]))]);
    }

    /// <summary>Writes the body of a request for these rows.</summary>
    public void Write(Utf8JsonWriter json, IEnumerable<ScoredRow> rows)
    {
        json.WriteStartObject();
        json.WriteStartArray("rows"u8);
        foreach (var row in rows) Write(json, row.File.Cells);
        json.WriteEndArray();
        json.WriteStartObject("parameters"u8);
        json.WriteNumber("priority"u8, int.MaxValue); // behind everything, however many levels there are
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json, object?[] cells)
    {
        json.WriteStartObject();
        foreach (var (name, column, place) in _features)
        {
            var cell = place < cells.Length ? cells[place] : FileRow.Absent;
            if (cell == FileRow.Absent) continue;
            json.WritePropertyName(name);
            if (cell is string text) WriteText(json, column, text);
            else CellWriter.Write(json, cell);
        }

        json.WriteEndObject();
    }

    /// <summary>A text of a file that has nothing else, as what it stands for.</summary>
    private static void WriteText(Utf8JsonWriter json, RowColumn column, string text)
    {
        if (column.Categories is not null || column.Datatype == Datatype.Bytes) json.WriteStringValue(text);
        else if (MissingValue.IsMissing(text)) json.WriteNullValue();
        else if (column.Datatype == Datatype.Bool && ScalarText.IsBoolean(text)) json.WriteBooleanValue(ScalarText.IsTrue(text));
        else if (PlainNumber.TryRead(text, out var number)) json.WriteRawValue(number, skipInputValidation: true);
        else json.WriteStringValue(text); // which is refused as no number
    }

    private static string Listed(List<string> names) => string.Join(", ", names.Take(20)) + (names.Count > 20 ? ", …" : "");
}
