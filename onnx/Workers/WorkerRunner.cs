using System.Text;
using Platform.Onnx.Sessions;
using Platform.Onnx.Sharing;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Workers;

/// <summary>Runs a model in a worker: tensors go through shared memory, and the thread that asks waits.</summary>
internal sealed class WorkerRunner : ModelRunner
{
    // More than this of a tensor that was copied is not kept from one run to the next.
    private const int KeepPerTensor = 4 << 20;

    private readonly WorkerKeeper _keeper;
    private readonly CallerPlace _place;
    private readonly Words _request;
    private readonly TensorBuffer[] _copies;
    private readonly TensorBuffer[] _views;
    private readonly TensorBuffer _problem;
    private readonly List<TensorBuffer> _given = [];
    private long _stoppedAt;

    public WorkerRunner(WorkerKeeper keeper)
    {
        (_keeper, _place) = (keeper, keeper.Rent());
        _request = new Words(_place.Channel.Requests);
        _copies = Make(_keeper.Model.Signature.Inputs.Count, Shared);
        _views = Make(_keeper.Model.Signature.Outputs.Count, View);
        _problem = View();
    }

    public override TensorBuffer[] CreateInputs() => Give(Make(_copies.Length, Shared));

    public override TensorBuffer[] CreateOutputs() => Give(Make(_views.Length, View));

    public override void Run(ReadOnlySpan<TensorBuffer> inputs, IReadOnlyList<OptionalInput> optional, ReadOnlySpan<TensorBuffer> outputs)
    {
        if (IsStopped) throw Stopped(null);
        _keeper.AwaitRunning();
        List<TensorBuffer> copied = [];
        try
        {
            Describe(inputs, optional, copied);
            Await();
            Read(outputs);
        }
        finally
        {
            foreach (var copy in copied) copy.Dispose();
            foreach (var copy in _copies) copy.Trim(KeepPerTensor);
        }
    }

    public override void RunAgain(ReadOnlySpan<TensorBuffer> inputs, ReadOnlySpan<TensorBuffer> outputs) => Run(inputs, [], outputs);

    public override void Stop()
    {
        if (Interlocked.CompareExchange(ref _stoppedAt, Math.Max(1, Environment.TickCount64), 0) == 0) _place.Stop();
    }

    public override void Forget()
    {
        // The worker looks where the tensors lie each time.
    }

    public override void Resume() => Volatile.Write(ref _stoppedAt, 0);

    public override void Dispose()
    {
        foreach (var buffer in _given.Concat(_copies).Concat(_views)) buffer.Dispose();
        _problem.Dispose();
        _request.Dispose();
        _keeper.Return(_place);
    }

    private bool IsStopped => Volatile.Read(ref _stoppedAt) != 0;

    private void Describe(ReadOnlySpan<TensorBuffer> inputs, IReadOnlyList<OptionalInput> optional, List<TensorBuffer> copied)
    {
        try
        {
            _request.Clear();
            for (var i = 0; i < inputs.Length; i++) TensorWords.Write(_request, Place(inputs[i], _copies[i]));
            _request.Add(optional.Count);
            foreach (var input in optional)
            {
                copied.Add(Shared());
                _request.Add(IndexOf(input.Name));
                TensorWords.Write(_request, Place(input.Value, copied[^1]));
            }
        }
        catch (InvalidDataException exception)
        {
            throw new ModelRunException(exception.Message, stopped: false, exception);
        }

        (_place.Channel.Request[0], _place.Channel.Request[1]) = (_request.Offset, _request.Count);
    }

    /// <summary>The tensor itself where the worker can read it, or a copy where it can.</summary>
    private TensorBuffer Place(TensorBuffer input, TensorBuffer copy)
    {
        if (input.Filled != input.Count) throw new InvalidOperationException("The tensor lacks some of its strings.");
        if (input.DataBlock is SharedBlock block && block.Arena == _place.Channel.Requests) return input;
        TensorWords.Copy(input, copy);
        return copy;
    }

    private int IndexOf(string name)
    {
        var known = _keeper.Model.Signature.OptionalInputs;
        for (var i = 0; i < known.Count; i++)
            if (known[i].Name == name) return i;
        throw new ArgumentException($"The model has no optional input '{name}'.");
    }

    private void Await()
    {
        var worker = _place.Send() ?? throw _keeper.Away();
        try
        {
            if (IsStopped) _place.Stop(); // it came before there was anything to stop
            while (!_place.AwaitAnswer()) EndIfHung(worker);
        }
        catch (ChannelBrokenException)
        {
            throw _keeper.Died();
        }
        finally
        {
            _place.End();
        }
    }

    private void EndIfHung(WorkerProcess worker)
    {
        if (Volatile.Read(ref _stoppedAt) is > 0 and var since && Environment.TickCount64 - since > _keeper.Limits.StopPatience.TotalMilliseconds)
            worker.Kill(WorkerDeath.Hung, "did not stop a run that took too long and was ended");
    }

    private void Read(ReadOnlySpan<TensorBuffer> outputs)
    {
        try
        {
            var words = new WordReader(_place.Channel.Memory, _place.Channel.Answer[0], _place.Channel.Answer[1]);
            var status = (RunStatus)words.NextCount((int)RunStatus.Stopped);
            if (status != RunStatus.Completed) TensorWords.Read(ref words, _problem);
            if (status == RunStatus.Stopped) throw Stopped(Problem());
            if (status == RunStatus.Failed) throw new ModelRunException(Problem(), stopped: false);
            for (var i = 0; i < outputs.Length; i++) Read(ref words, outputs[i], _views[i]);
        }
        catch (InvalidDataException exception)
        {
            _place.Kill(WorkerDeath.Fault, $"answered what cannot be ({exception.Message.TrimEnd('.')}) and was ended");
            throw new ModelWorkerException("The process that runs the model answered what cannot be, and was ended.");
        }
    }

    private void Read(ref WordReader words, TensorBuffer output, TensorBuffer view)
    {
        if (output.DataBlock is ViewBlock block && block.Memory == _place.Channel.Memory)
        {
            TensorWords.Read(ref words, output);
            return;
        }

        TensorWords.Read(ref words, view);
        TensorWords.Copy(view, output);
        view.Trim(KeepPerTensor);
    }

    private string Problem() => Encoding.UTF8.GetString(_problem.Count == 1 ? _problem.GetString(0) : []);

    private static ModelRunException Stopped(string? problem) => new(problem ?? "The run was stopped before it began.", stopped: true);

    private TensorBuffer Shared() => TensorWords.Shared(_place.Channel.Requests);

    private TensorBuffer View() => TensorWords.View(_place.Channel.Memory);

    private TensorBuffer[] Give(TensorBuffer[] buffers)
    {
        _given.AddRange(buffers);
        return buffers;
    }

    private static TensorBuffer[] Make(int count, Func<TensorBuffer> make) => [.. Enumerable.Range(0, count).Select(_ => make())];
}
