using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Runs;

/// <summary>What may be logged of datasets (mlflow/utils/validation.py of MLflow 3.10).</summary>
internal static class LoggedInputs
{
    private const int MaxDatasets = 1000;
    private const int MaxNameLength = 500;
    private const int MaxDigestLength = 36;
    private const int MaxSourceLength = 65_535;
    private const int MaxSchemaLength = 1_048_575;
    private const int MaxProfileLength = 16_777_215;
    private const int MaxTagKeyLength = 255;
    private const int MaxTagValueLength = 500;

    public static IReadOnlyList<DatasetInput> Read(IReadOnlyList<GivenInput>? given)
    {
        if (given?.Count > MaxDatasets) throw MLflowException.Invalid($"A request can contain at most {MaxDatasets} datasets. Got {given.Count} datasets.");
        return LoggedEntities.Each(given, "datasets", Read);
    }

    private static DatasetInput Read(GivenInput given, string path)
    {
        if (given.Dataset is not { } dataset) throw MLflowException.Invalid("Dataset cannot be None");
        return new DatasetInput(
            LoggedEntities.Each(given.Tags, $"{path}.tags", ReadTag).OrNull(),
            new Dataset(
                Text(dataset.Name, "name", MaxNameLength),
                Text(dataset.Digest, "digest", MaxDigestLength),
                Text(dataset.SourceType, "source_type", MaxNameLength),
                Text(dataset.Source, "source", MaxSourceLength),
                dataset.Schema is null ? null : EntityNames.CheckLength(dataset.Schema, MaxSchemaLength, "schema"),
                dataset.Profile is null ? null : EntityNames.CheckLength(dataset.Profile, MaxProfileLength, "profile")));
    }

    private static KeyValue ReadTag(GivenPair tag, string path)
    {
        if (tag.Key is null) throw MLflowException.Invalid("InputTag key cannot be None");
        if (tag.Value is null) throw MLflowException.Invalid("InputTag value cannot be None");
        return new KeyValue(EntityNames.CheckLength(tag.Key, MaxTagKeyLength, "key"), EntityNames.CheckLength(tag.Value, MaxTagValueLength, "value"));
    }

    private static string Text(string? value, string field, int limit) =>
        value is null ? throw MLflowException.Invalid($"Dataset {field} cannot be None") : EntityNames.CheckLength(value, limit, field);
}
