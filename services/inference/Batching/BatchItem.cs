using System.Threading.Tasks.Sources;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Batching;

/// <summary>
/// One request on its way through a <see cref="Batcher"/>. It owns its inputs and outputs, so that whatever happens to the
/// requests it shares a run with, it can only ever hold its own rows. Used again for the next request.
/// </summary>
internal sealed class BatchItem(TensorBuffer[] inputs, TensorBuffer[] outputs) : IValueTaskSource<BatchResult>
{
    private const int CopyLimit = 256 << 10;

    private ManualResetValueTaskSourceCore<BatchResult> _completion = new() { RunContinuationsAsynchronously = true };

    /// <summary>In the order of the signature.</summary>
    public TensorBuffer[] Inputs { get; } = inputs;

    /// <summary>In the order of the signature.</summary>
    public TensorBuffer[] Outputs { get; } = outputs;

    /// <summary>Values in place of defaults, of which the rows of others know nothing: an item that has any runs alone.</summary>
    public IReadOnlyList<OptionalInput> Optional { get; init; } = [];

    public int Rows { get; private set; }

    /// <summary>Whether its rows may run with those of others.</summary>
    public bool CanShare { get; private set; }

    /// <summary>
    /// Whether its own rows may not share a run either: those with NaN or infinities, which the runtime answers by their place.
    /// </summary>
    public bool RowByRow { get; private set; }

    public int Priority { get; private set; }

    /// <summary>Asked now and then while the request waits; null for a caller who never leaves.</summary>
    public IWaitingCaller? Caller { get; set; }

    public BatchTimings Timings;

    // The queue's links, so that waiting and leaving cost no allocation and no search.
    internal BatchItem? Previous { get; set; }

    internal BatchItem? Next { get; set; }

    internal bool IsWaiting { get; set; }

    /// <summary>Begins a new request with the inputs that are there now.</summary>
    public void Begin(int rows, bool canShare, int priority, bool rowByRow = false)
    {
        (Rows, CanShare, Priority, RowByRow) = (rows, canShare, priority, rowByRow && rows > 1);
        Timings = default;
        _completion.Reset();
    }

    public ValueTask<BatchResult> Result => new(this, _completion.Version);

    public void Complete(BatchResult result) => _completion.SetResult(result);

    public void Complete(Exception exception) => _completion.SetException(exception);

    /// <summary>Whether the request is worth a copy into memory that the runtime knows already.</summary>
    public bool IsSmall
    {
        get
        {
            long bytes = 0;
            foreach (var input in Inputs) bytes += input.Datatype == Datatype.Bytes ? CopyLimit : input.Data.Length;
            return bytes < CopyLimit;
        }
    }

    /// <summary>True when both requests' rows can lie in one tensor: everything but the first dimension is the same.</summary>
    public bool HasShapeOf(BatchItem other)
    {
        for (var i = 0; i < Inputs.Length; i++)
            if (!Inputs[i].Shape[1..].SequenceEqual(other.Inputs[i].Shape[1..])) return false;
        return true;
    }

    BatchResult IValueTaskSource<BatchResult>.GetResult(short token) => _completion.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<BatchResult>.GetStatus(short token) => _completion.GetStatus(token);

    void IValueTaskSource<BatchResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _completion.OnCompleted(continuation, state, token, flags);
}
