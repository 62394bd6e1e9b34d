using System.Text.Json;
using Platform.Contracts.Inference;
using Platform.Hosting;
using Platform.Monitor.Baselines;
using Platform.Monitor.Features;
using Platform.Monitor.Intake;
using Platform.Monitor.Records;
using Platform.Statistics.Performance;

namespace Platform.Monitor.Windows;

/// <summary>A logged prediction whose tensors have been matched with what its version's baseline watches.</summary>
internal sealed class PredictionRows
{
    private readonly TensorRows?[] _inputs;
    private readonly TensorRows? _output;

    /// <summary>Throws <see cref="JsonException"/> where a tensor's elements are not a flat array.</summary>
    public PredictionRows(LoggedPrediction prediction, Baseline baseline)
    {
        Logged = prediction;
        Baseline = baseline;
        _inputs = new TensorRows?[baseline.Inputs.Count];
        if (!IsAnswered)
            return;

        for (var at = 0; at < _inputs.Length; at++)
        {
            _inputs[at] = Find(prediction.Inputs, baseline.Inputs[at].Input);
            IsSampled |= _inputs[at] is { IsComplete: false } && baseline.Inputs[at].NeedsEveryElement;
        }

        _output = baseline.Prediction is null ? null : Find(prediction.Outputs, baseline.Prediction.Output);
    }

    /// <summary>The same of a record that was read as a whole. Throws <see cref="JsonException"/> where it is not as a record is.</summary>
    public static PredictionRows Of(PredictionLogged record, Baseline baseline) =>
        new(RecordReader.Read(JsonSerializer.SerializeToUtf8Bytes(record, PlatformJson.Tolerant)), baseline);

    public LoggedPrediction Logged { get; }

    public Baseline Baseline { get; }

    /// <summary>Whether the caller got outputs: only then the rows are looked at.</summary>
    public bool IsAnswered => Logged.Status == PredictionStatus.Succeeded;

    /// <summary>Whether the log holds no more than a sample of columns that are watched one by one.</summary>
    public bool IsSampled { get; }

    /// <summary>What counts towards a window: the rows, or the one request that got no answer.</summary>
    public int Count => IsAnswered ? Logged.Rows : 1;

    public void ReadInputs(int row, FeatureValues[] into)
    {
        var at = 0;
        for (var input = 0; input < _inputs.Length; input++)
        {
            var layout = Baseline.Inputs[input];
            if (_inputs[input] is { } tensor)
                layout.Read(tensor, row, into.AsSpan(at, layout.Features.Count));
            at += layout.Features.Count;
        }
    }

    public Prediction ReadPrediction(int row, FeatureValues[] into) => _output is null
        ? Prediction.None
        : Baseline.Prediction!.Read(_output, row, into);

    private TensorRows? Find(List<LoggedTensorSlice> tensors, string name)
    {
        var found = tensors.Find(tensor => tensor.Name == name);
        return found is null ? null : TensorReader.Read(found, Logged.Rows);
    }
}
