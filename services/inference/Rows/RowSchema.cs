using Platform.Contracts.Registry;
using Platform.Hosting.Values;
using Platform.Inference.Protocol;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Rows;

/// <summary>
/// A version's inputs as named features: what a request by name is held against; made once when the version is loaded. The names are those that the
/// explainer gives the same cells.
/// </summary>
internal sealed class RowSchema
{
    /// <summary>The most features of a row.</summary>
    public const int MostColumns = 4096;

    private readonly List<RowColumn> _columns = [];
    private readonly List<RowInput> _inputs = [];

    public RowSchema(VersionMetadata metadata, RequestSchema schema)
    {
        for (var i = 0; i < schema.Inputs.Count && Problem is null; i++) Problem = Add(metadata, schema, i);
        Problem ??= FindTwins();
        if (schema.Inputs.Count == 0) Problem = "it takes no inputs.";
        Columns = [.. _columns];
        Inputs = [.. _inputs];
        Names = new([.. _columns.Select(column => column.Name)]);
    }

    /// <summary>Why the version cannot be called by feature name, as it follows a colon; null where it can.</summary>
    public string? Problem { get; }

    /// <summary>The features, input by input in the order of the cells.</summary>
    public RowColumn[] Columns { get; }

    /// <summary>The inputs that every request needs, in the order of the signature.</summary>
    public RowInput[] Inputs { get; }

    /// <summary>The features' names, each at the place of its column.</summary>
    public Utf8Names Names { get; }

    /// <summary>Whether some input holds texts, which lie end to end in the order of the cells.</summary>
    public bool HasTexts { get; private set; }

    private string? Add(VersionMetadata metadata, RequestSchema schema, int index)
    {
        var input = schema.Inputs[index];
        var defined = FeatureNames.Defined(metadata, input.Name, isFirst: index == 0);
        if (RowInput.Of(input, defined.Count) is not { } rows)
            return $"how many features a row of its input '{input.Name}' has, of the shape {Shapes.Describe([.. input.Shape])}, is not known, or it is more than {MostColumns}.";
        if (_columns.Count + rows.Width > MostColumns) return $"a row of it has more than {MostColumns} features.";

        var isNamed = defined.Count == rows.Width;
        var names = FeatureNames.Of(input.Name, rows.HasOneRow ? rows.FirstRow : rows.RowShape, rows.Width, defined);
        _columns.AddRange(names.Select((name, offset) => new RowColumn(
            name, isNamed ? defined[offset].Kind : null, index, offset, input.Datatype, isNamed ? defined[offset].Categories : null)));
        _inputs.Add(rows);
        HasTexts |= input.Datatype == Datatype.Bytes;
        return null;
    }

    private string? FindTwins() =>
        _columns.GroupBy(column => column.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twins
            ? $"it has more than one feature '{twins.Key}'."
            : null;
}
