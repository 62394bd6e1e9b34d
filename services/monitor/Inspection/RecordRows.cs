using System.Text.Json;
using Platform.Contracts.Inference;
using Platform.Contracts.Registry;
using Platform.Monitor.Baselines;
using Platform.Monitor.Features;
using Platform.Monitor.Windows;
using Platform.Statistics.Performance;

namespace Platform.Monitor.Inspection;

/// <summary>The rows of a record as people read them: by feature name, with the class that was decided for.</summary>
internal sealed class RecordRows
{
    private readonly PredictionRows _prediction;
    private readonly TensorCells[] _inputs;
    private readonly TensorCells[] _outputs;
    private readonly ILookup<string, FeatureDefinition> _definitions;

    /// <summary>Throws <see cref="JsonException"/> where the record's tensors are not what their shapes say.</summary>
    public RecordRows(PredictionLogged record, Baseline baseline)
    {
        if (record.Data.Inputs.Concat(record.Data.Outputs).Any(tensor => tensor.Data.ValueKind != JsonValueKind.Array))
            throw new JsonException("The elements of a tensor are a flat array.");
        Record = record;
        Baseline = baseline;
        _prediction = PredictionRows.Of(record, baseline);
        _inputs = [.. record.Data.Inputs.Select(tensor => new TensorCells(tensor, record.Data.Rows))];
        _outputs = [.. record.Data.Outputs.Select(tensor => new TensorCells(tensor, record.Data.Rows))];
        _definitions = (baseline.Description.Metadata.Features ?? []).ToLookup(feature => feature.Name, StringComparer.Ordinal);
    }

    public PredictionLogged Record { get; }

    public Baseline Baseline { get; }

    /// <summary>Whether the caller got an answer: only then there are rows.</summary>
    public bool IsAnswered => _prediction.IsAnswered;

    /// <summary>A row by feature name; null where the version names no features, or the log holds a sample.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Features(int row)
    {
        var features = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var input in _inputs)
            input.AddFeatures(row, _definitions, features);
        return features.Count == 0 ? null : features;
    }

    public IReadOnlyDictionary<string, IReadOnlyList<JsonElement>> Outputs(int row) =>
        _outputs.ToDictionary(output => output.Tensor.Name, output => output.Row(row), StringComparer.Ordinal);

    /// <summary>What the version said of a row.</summary>
    public Prediction Prediction(int row) =>
        _prediction.ReadPrediction(row, FeatureValues.For(Baseline.Prediction?.Features ?? []));
}
