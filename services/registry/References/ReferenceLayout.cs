using Platform.Contracts.Registry;
using Platform.Registry.Sessions;

namespace Platform.Registry.References;

/// <summary>Which columns of a dataset fill which input, and which one holds the label.</summary>
internal sealed record ReferenceLayout(IReadOnlyList<InputColumns> Inputs, int? Label)
{
    /// <summary>
    /// Finds the columns: by the names of an input's features; else by the input's own name; else, where there is only one
    /// input, all but the label's. Throws <see cref="ReferenceException"/> when some are missing.
    /// </summary>
    public static ReferenceLayout Of(IReadOnlyList<string> header, VersionMetadata metadata, ModelSignature signature)
    {
        var columns = header.Select((name, at) => (name, at)).ToDictionary(column => column.name, column => column.at);
        var label = LabelOf(columns, metadata);
        var inputs = signature.Inputs.Select(input => InputOf(input, columns, label, metadata, signature));
        return new ReferenceLayout([.. inputs], label);
    }

    /// <summary>
    /// Names for rows of <paramref name="count"/> values without a header: the features in their order, else positions; then the
    /// label if there is one value more.
    /// </summary>
    public static IReadOnlyList<string> NameColumns(int count, VersionMetadata metadata, ModelSignature signature)
    {
        var named = signature.Inputs.SelectMany(input => InputFeatures.Of(metadata.Features, input, signature));
        List<string> names = [.. named.Select(feature => feature.Name)];
        if (names.Count == 0) names = Positions(count, signature);
        if (metadata.Target is not null && count == names.Count + 1) names.Add(metadata.Target);
        return names.Count == count
            ? names
            : throw new ReferenceException($"The first row has {count} values, but the model takes {names.Count}.");
    }

    private static List<string> Positions(int count, ModelSignature signature)
    {
        var width = signature.Inputs.Count == 1 ? RowShape.Width(signature.Inputs[0]) : null;
        return [.. Enumerable.Range(0, (int)Math.Min(count, width ?? count)).Select(position => $"{position}")];
    }

    private static int? LabelOf(Dictionary<string, int> columns, VersionMetadata metadata)
    {
        if (metadata.Target is not { } target) return null;
        return columns.TryGetValue(target, out var at)
            ? at
            : throw new ReferenceException($"The column '{target}', which the metadata names as target, is missing.");
    }

    private static InputColumns InputOf(
        TensorSignature input, Dictionary<string, int> columns, int? label, VersionMetadata metadata, ModelSignature signature)
    {
        var features = InputFeatures.Of(metadata.Features, input, signature);
        var areNamed = features.Any(feature => columns.ContainsKey(feature.Name));
        if (!areNamed && columns.TryGetValue(input.Name, out var whole)) return new InputColumns(input, [whole], features);
        if (features.Count > 0) return new InputColumns(input, ByFeature(features, columns), features);
        return signature.Inputs.Count == 1
            ? new InputColumns(input, [.. columns.Values.Where(at => at != label).Order()], features)
            : throw new ReferenceException($"The column '{input.Name}' is missing: without features, an input's column has its name.");
    }

    private static int[] ByFeature(IReadOnlyList<FeatureDefinition> features, Dictionary<string, int> columns)
    {
        var missing = features.Select(feature => feature.Name).Where(name => !columns.ContainsKey(name)).ToList();
        return missing.Count == 0
            ? [.. features.Select(feature => columns[feature.Name])]
            : throw new ReferenceException($"These columns are missing: {CellWriter.Names(missing)}.");
    }
}
