using System.Text.Json;
using Platform.Contracts.Inference;
using Platform.Contracts.Registry;
using Platform.Hosting.Values;

namespace Platform.Hosting.PredictionLog.Tables;

/// <summary>
/// Reads the records of one version as tables: what is known of every request, a column for each feature by its name, one for each score by its class, and
/// what was decided.
/// </summary>
/// <param name="version">
/// What the registry says of the version; null where it is not known: then categories stay the numbers that the log has, and nothing is decided.
/// </param>
public sealed class RecordTables(ModelVersionDescription? version)
{
    private const string Input = "input";

    private readonly ILookup<string, FeatureDefinition> _features =
        (version?.Metadata.Features ?? []).ToLookup(feature => feature.Name, StringComparer.Ordinal);

    private readonly HashSet<string> _hashed =
        (version?.Metadata.Logging?.Redact ?? []).Where(hidden => hidden.As == "hash").Select(hidden => hidden.Feature).ToHashSet(StringComparer.Ordinal);

    private readonly OutputColumns _outputs = new(version);

    /// <summary>
    /// A record's rows. Throws <see cref="JsonException"/> or <see cref="FormatException"/> where its tensors are not as their shapes and datatypes say.
    /// </summary>
    public RecordTable Read(PredictionLogged record)
    {
        var rows = record.Data.Inputs.Count + record.Data.Outputs.Count == 0 ? 1 : record.Data.Rows;
        if (rows < 1)
            throw new JsonException("A record has rows.");
        var inputs = record.Data.Inputs.Select(tensor => new RowTensor(tensor, rows)).ToArray();
        var outputs = record.Data.Outputs.Select(tensor => new RowTensor(tensor, rows)).ToArray();
        var columns = new List<RecordColumn>(RequestColumns.Of(record, rows));
        columns.AddRange(_outputs.Decisions(outputs));
        var names = new ColumnNames();
        foreach (var column in columns)
            names.Take(column.Name, Input);
        foreach (var input in inputs)
            columns.AddRange(InputColumns(input, names));
        foreach (var output in outputs)
            columns.AddRange(_outputs.Of(output, names));
        return new(columns, rows);
    }

    private IEnumerable<RecordColumn> InputColumns(RowTensor input, ColumnNames names)
    {
        if (input.Tensor.Features is not { } features)
            return TensorColumns.Of(input, names, Input);
        var named = features.Take(input.Width).Select((name, column) => FeatureColumn(input, column, name, names.Take(name, Input)));
        return named.Concat(TensorColumns.DigestOf(input, names, Input));
    }

    private RecordColumn FeatureColumn(RowTensor input, int column, string feature, string name)
    {
        var categories = _features[feature].FirstOrDefault()?.Categories;
        var type = categories is not null || _hashed.Contains(feature) ? TableType.Text : input.TypeOf(column);
        return new(name, type, row => input.Cell(row, column) is { } cell ? Named(cell, categories) : null);
    }

    // A category of a numeric tensor is an index; what stands beyond the list is shown as it came.
    private static object Named(JsonElement cell, IReadOnlyList<string>? categories) =>
        categories is not null && cell.ValueKind == JsonValueKind.Number && cell.GetDouble() is var index
            && double.IsInteger(index) && index >= 0 && index < categories.Count
            ? categories[(int)index]
            : cell;
}
