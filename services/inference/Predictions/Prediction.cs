using Platform.Contracts.Inference;
using Platform.Inference.Batching;
using Platform.Inference.Protocol;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Predictions;

/// <summary>Everything that one infer request needs from its first byte to its record. Used again for the next one.</summary>
internal sealed class Prediction : IDisposable
{
    private readonly TensorBuffer[] _outputs;

    public Prediction(RequestSchema schema)
    {
        Request = new InferRequest(schema);
        _outputs = [.. schema.Outputs.Select(_ => new TensorBuffer())];
        Item = new BatchItem(Request.Inputs, _outputs);
    }

    public ByteBuffer Body { get; } = new();

    public ByteBuffer Answer { get; } = new();

    public ByteBuffer Record { get; } = new();

    public InferRequest Request { get; }

    public BatchItem Item { get; }

    public ReadOnlySpan<TensorBuffer> Outputs => _outputs;

    public PredictionFacts Facts;

    /// <summary>True once the inputs have been read.</summary>
    public bool HasInputs { get; set; }

    /// <summary>A value of <see cref="PredictionStatus"/>.</summary>
    public string Status { get; private set; } = PredictionStatus.Cancelled;

    /// <summary>Why it did not succeed.</summary>
    public string? Problem { get; private set; }

    public void Begin(in PredictionFacts facts)
    {
        Facts = facts;
        HasInputs = false;
        Item.Timings = default;
        // Unless something better can be said of it in the end, its caller has left.
        End(PredictionStatus.Cancelled, "The caller left before the answer.");
    }

    public void End(string status, string? problem = null) => (Status, Problem) = (status, problem);

    /// <summary>Memory held, in bytes.</summary>
    public long Capacity => (long)Body.Capacity + Answer.Capacity + Record.Capacity + Held(Request.Inputs) + Held(_outputs);

    /// <summary>Makes ready for the next request and gives back what a large one took.</summary>
    public void Trim(int keep)
    {
        Facts = default;
        Body.Trim(keep);
        Answer.Trim(keep);
        Record.Trim(keep);
        foreach (var input in Request.Inputs) input.Trim(keep);
        foreach (var output in _outputs) output.Trim(keep);
    }

    public void Dispose() => Trim(-1);

    private static long Held(TensorBuffer[] tensors)
    {
        long held = 0;
        foreach (var tensor in tensors) held += tensor.Capacity;
        return held;
    }
}
