using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Batching;

/// <summary>
/// Takes what waits, runs it, hands it out, and goes to the back of the thread pool's queue before the next round, so that
/// requests which have arrived meanwhile are read first and join that round.
/// </summary>
internal sealed class BatchRunner : IThreadPoolWorkItem, IDisposable
{
    // More than this of a tensor's memory is not kept from one run to the next.
    private const int KeepPerTensor = 4 << 20;

    private static readonly TimeSpan LongRun = TimeSpan.FromMilliseconds(200);

    private readonly Batcher _batcher;
    private readonly ModelRunner _runner;
    private readonly TimeProvider _time;
    private readonly TensorBuffer[] _inputs;
    private readonly TensorBuffer[] _outputs;
    private readonly List<BatchItem> _batch = [];
    private readonly Lock _running = new();
    private readonly OwnThread? _thread; // where it would keep one of the pool's waiting for another process
    private long _startedAt;
    private BatchItem? _alone; // the one whose run is in progress; null while the whole batch runs together
    private bool _abandoned;

    public BatchRunner(Batcher batcher, ModelSession session, TimeProvider time)
    {
        _batcher = batcher;
        _runner = session.CreateRunner();
        _time = time;
        (_inputs, _outputs) = (_runner.CreateInputs(), _runner.CreateOutputs());
        if (session.IsElsewhere) _thread = new OwnThread("runs elsewhere", this);
    }

    /// <summary>Whether the model is being run.</summary>
    public bool IsRunning
    {
        get { lock (_running) return _startedAt != 0; }
    }

    public void Start()
    {
        if (_thread is not null) _thread.Start();
        else ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Execute()
    {
        if (!_batcher.TryTake(this, _batch)) return;
        RunBatch();
        Trim();
        _batch.Clear();
        Start();
    }

    /// <summary>
    /// Stops the run in progress if it has taken longer than <paramref name="limit"/>, or if nobody waits for any of its answers
    /// any more. Callers are asked only during long runs: asking costs a short one more than it could save.
    /// </summary>
    public void StopIfInVain(TimeSpan limit)
    {
        lock (_running)
        {
            if (_startedAt == 0) return;
            var elapsed = _time.GetElapsedTime(_startedAt);
            _abandoned |= elapsed > LongRun && HasNoCaller();
            if (_abandoned || elapsed > limit) _runner.Stop();
        }
    }

    public void Dispose()
    {
        _thread?.Dispose();
        foreach (var buffer in _inputs.Concat(_outputs)) buffer.Dispose();
        _runner.Dispose();
    }

    private void RunBatch()
    {
        var taken = _time.GetTimestamp();
        foreach (var item in _batch) item.Timings.Taken = taken;
        if ((_batch.Count > 1 || _batch[0] is { IsSmall: true, RowByRow: false, Optional.Count: 0 }) && TryRunTogether()) return;
        foreach (var item in _batch) RunAlone(item);
    }

    /// <summary>Gives back what a large run took: a few numbers can ask a model for outputs of any size.</summary>
    private void Trim()
    {
        foreach (var tensor in _inputs) Trim(tensor);
        foreach (var tensor in _outputs) Trim(tensor);
    }

    private void Trim(TensorBuffer tensor)
    {
        if (tensor.Capacity <= KeepPerTensor) return;
        tensor.Dispose();
        _runner.Forget();
    }

    /// <summary>
    /// False, with no request answered, when the run failed: one request's inputs can spoil it for all, so each is then run on
    /// its own and only the guilty one fails.
    /// </summary>
    private bool TryRunTogether()
    {
        try
        {
            var rows = 0;
            foreach (var item in _batch) rows += item.Rows;
            for (var i = 0; i < _inputs.Length; i++) BatchAssembly.Join(_batch, i, rows, _inputs[i]);
            var (started, ended) = Run(_inputs, _outputs, alone: null);
            for (var i = 0; i < _outputs.Length; i++)
                if (!BatchAssembly.TrySplit(_batch, i, rows, _outputs[i])) return false;
            _batch[0].Timings.LeadsRun = true;
            foreach (var item in _batch) Complete(item, rows, started, ended);
            return true;
        }
        catch (ModelRunException exception) when (_abandoned || _batch.Count == 1)
        {
            foreach (var item in _batch) Fail(item, exception);
            return true;
        }
        catch (ModelWorkerException exception)
        {
            foreach (var item in _batch) Fail(item, exception); // never again: it may be what the worker died of
            return true;
        }
#pragma warning disable CA1031 // whatever it was, running each on its own finds out whose it is, and reports it there
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    private void RunAlone(BatchItem item)
    {
        try
        {
            var (started, ended) = item.RowByRow ? RunRows(item) : Run(item.Inputs, item.Outputs, item);
            item.Timings.LeadsRun = true;
            Complete(item, item.Rows, started, ended);
        }
        catch (ModelRunException exception)
        {
            Fail(item, exception);
        }
        catch (ModelWorkerException exception)
        {
            Fail(item, exception);
        }
#pragma warning disable CA1031 // the caller waits for an answer, and the pool's thread must survive; the caller reports it
        catch (Exception exception)
#pragma warning restore CA1031
        {
            item.Complete(exception);
        }
    }

    /// <summary>One run for each row of a request.</summary>
    private (long Started, long Ended) RunRows(BatchItem item)
    {
        var (started, ended) = (0L, 0L);
        for (var row = 0; row < item.Rows; row++)
        {
            for (var i = 0; i < _inputs.Length; i++) BatchAssembly.TakeRow(item, i, row, _inputs[i]);
            var run = Run(_inputs, _outputs, item);
            (started, ended) = (row == 0 ? run.Started : started, run.Ended);
            for (var i = 0; i < _outputs.Length; i++) BatchAssembly.PutRow(_outputs[i], row, item.Rows, item.Outputs[i]);
        }

        return (started, ended);
    }

    private (long Started, long Ended) Run(TensorBuffer[] inputs, TensorBuffer[] outputs, BatchItem? alone)
    {
        var started = _time.GetTimestamp();
        lock (_running) (_startedAt, _alone, _abandoned) = (started, alone, false);
        try
        {
            if (alone is null) _runner.RunAgain(inputs, outputs);
            else _runner.Run(inputs, alone.Optional, outputs);
            return (started, _time.GetTimestamp());
        }
        finally
        {
            lock (_running)
            {
                _startedAt = 0;
                _runner.Resume();
            }
        }
    }

    /// <summary>Who has left does not come back, and no item ends, to be used again, before the run in progress has.</summary>
    private bool HasNoCaller() => _alone is { } item ? item.Caller is { HasLeft: true } : _batch.TrueForAll(each => each.Caller is { HasLeft: true });

    private void Complete(BatchItem item, int rows, long started, long ended)
    {
        (item.Timings.ComputeStarted, item.Timings.ComputeEnded, item.Timings.BatchRows) = (started, ended, rows);
        _batcher.Finish(item, BatchResult.Completed);
    }

    private void Fail(BatchItem item, ModelRunException exception) =>
        _batcher.Finish(item, _abandoned ? BatchResult.CallerLeft : new BatchResult(BatchStatus.Failed, Explain(exception)));

    private void Fail(BatchItem item, ModelWorkerException exception) =>
        _batcher.Finish(item, _abandoned ? BatchResult.CallerLeft : BatchResult.WorkerGone(exception));

    private static string Explain(ModelRunException exception) => exception.Stopped
        ? "The model ran for too long on these inputs and was stopped."
        : $"The model could not be run on these inputs: {exception.Message}";
}
