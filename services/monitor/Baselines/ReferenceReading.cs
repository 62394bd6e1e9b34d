using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Monitor.Features;
using Platform.Monitor.Performance;
using Platform.Monitor.Predictions;
using Platform.Monitor.Records;
using Platform.Statistics.Performance;

namespace Platform.Monitor.Baselines;

/// <summary>Collects a reference row by row.</summary>
internal sealed class ReferenceReading
{
    private readonly ModelVersionDescription _version;
    private readonly LabelScheme _labels;
    private readonly IReadOnlyList<InputLayout> _inputs;
    private readonly PredictionLayout? _prediction;
    private readonly FeatureValues[] _features;
    private readonly FeatureValues[] _predictionFeatures;
    private readonly List<Prediction> _predictions = [];
    private readonly List<string?> _truth = [];
    private readonly Dictionary<string, string> _datatypes;
    private int _rows;

    public ReferenceReading(ModelVersionDescription version, ReferenceTexts texts)
    {
        _version = version;
        _labels = new(version.Metadata, PredictionLayouts.OutputOf(version));
        _inputs = InputLayouts.For(version, texts.UsesOf, texts.VocabularyOf);
        _prediction = PredictionLayouts.For(version, _labels);
        _features = FeatureValues.For(_inputs.SelectMany(input => input.Features));
        _predictionFeatures = FeatureValues.For(_prediction?.Features ?? []);
        _datatypes = version.Signature.Inputs.Concat(version.Signature.Outputs)
            .DistinctBy(tensor => tensor.Name).ToDictionary(tensor => tensor.Name, tensor => tensor.Datatype);
    }

    /// <summary>Adds a reference row and the version's answer to it, where there is one.</summary>
    public void Add(ReferenceRow row, ReferencePrediction? answer)
    {
        _rows++;
        var at = 0;
        foreach (var input in _inputs)
        {
            if (row.Inputs.TryGetValue(input.Input, out var values))
                input.Read(TensorReader.ReadRow(values, _datatypes[input.Input]), row: 0, _features.AsSpan(at, input.Features.Count));
            at += input.Features.Count;
        }

        if (_prediction is null || answer is null || !answer.Outputs.TryGetValue(_prediction.Output, out var output))
            return;
        _predictions.Add(_prediction.Read(TensorReader.ReadRow(output, _datatypes[_prediction.Output]), row: 0, _predictionFeatures));
        _truth.Add(Truth(row.Label));
    }

    public Baseline ToBaseline()
    {
        foreach (var column in _inputs.OfType<ColumnLayout>().SelectMany(input => input.Columns).OfType<TextColumn>())
            column.ReferenceIsRead();
        return new()
        {
            Key = new(_version.Model, _version.Version),
            Description = _version,
            Inputs = _inputs,
            Prediction = _prediction,
            Labels = _labels,
            Rows = _rows,
            Features = Array.ConvertAll(_features, values => new FeatureBaseline(values)),
            PredictionFeatures = Array.ConvertAll(_predictionFeatures, values => new FeatureBaseline(values)),
            Calibration = ScoreCalibration.Of(_labels, new(_predictions, _truth)),
            Performance = BaselinePerformance.Of(_labels, new(_predictions, _truth), _version.Metadata),
        };
    }

    private string? Truth(JsonElement? label) =>
        label is { } value && Requests.Scalar.TryRead(value, out var text) && text is not null ? _labels.Resolve(text) : null;
}
