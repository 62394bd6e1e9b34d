using Platform.Onnx.Sessions;
using Platform.Onnx.Sharing;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Workers;

/// <summary>The worker's end of one channel: runs what is asked for there, one after the other, on its own thread.</summary>
internal sealed class WorkerPlace
{
    private readonly Channel _channel;
    private readonly ModelSession _session;
    private readonly ModelRunner _runner;
    private readonly TensorBuffer[] _inputs;
    private readonly TensorBuffer[] _outputs;
    private readonly List<OptionalInput> _optional = [];
    private readonly TensorBuffer _problem;
    private readonly Words _answer;
    private readonly Lock _running = new();
    private int _runningNumber;
    private int _stoppedNumber;
    private volatile bool _closed;

    private WorkerPlace(Channel channel, ModelSession session)
    {
        (_channel, _session, _runner) = (channel, session, session.CreateRunner());
        _inputs = [.. session.Signature.Inputs.Select(_ => TensorWords.View(channel.Memory))];
        _outputs = [.. session.Signature.Outputs.Select(_ => TensorWords.Shared(channel.Answers))];
        (_problem, _answer) = (TensorWords.Shared(channel.Answers), new Words(channel.Answers));
    }

    public static WorkerPlace Open(string path, ChannelSizes sizes, ModelSession session)
    {
        var place = new WorkerPlace(Channel.Open(path, sizes.RequestBytes, sizes.AnswerBytes), session);
        new Thread(place.Serve) { IsBackground = true, Name = "runs" }.Start();
        return place;
    }

    /// <summary>Stops the run of a request, if it is in progress or yet to come.</summary>
    public void Stop(int number)
    {
        lock (_running)
        {
            _stoppedNumber = number;
            if (_runningNumber == number) _runner.Stop();
        }
    }

    public void Close()
    {
        _closed = true;
        _channel.Interrupt();
    }

    private void Serve()
    {
        for (var last = 0; !_closed;)
        {
            var number = _channel.AwaitRequest(last);
            if (number == last) continue;
            Answer(number);
            last = number;
            _channel.Reply(number);
        }

        _runner.Dispose();
        _channel.Dispose();
    }

    private void Answer(int number)
    {
        _answer.Clear();
        try
        {
            Read(new WordReader(_channel.Memory, _channel.Request[0], _channel.Request[1]));
            Run(number);
            _answer.Add((long)RunStatus.Completed);
            foreach (var output in _outputs) TensorWords.Write(_answer, output);
        }
        catch (ModelRunException exception)
        {
            Refuse(exception.Stopped ? RunStatus.Stopped : RunStatus.Failed, exception.Message);
        }
        catch (InvalidDataException exception)
        {
            Refuse(RunStatus.Failed, exception.Message);
        }

        (_channel.Answer[0], _channel.Answer[1]) = (_answer.Offset, _answer.Count);
    }

    private void Read(WordReader words)
    {
        foreach (var input in _inputs) TensorWords.Read(ref words, input);
        _optional.Clear();
        var known = _session.Signature.OptionalInputs;
        for (var left = words.NextCount(known.Count); left > 0; left--)
        {
            var (spec, value) = (known[words.NextCount(known.Count - 1)], TensorWords.View(_channel.Memory));
            TensorWords.Read(ref words, value);
            _optional.Add(new OptionalInput(spec.Name, value));
        }
    }

    private void Run(int number)
    {
        lock (_running)
        {
            _runningNumber = number;
            if (_stoppedNumber == number) _runner.Stop();
        }

        try
        {
            if (_optional.Count == 0) _runner.RunAgain(_inputs, _outputs);
            else _runner.Run(_inputs, _optional, _outputs);
        }
        finally
        {
            lock (_running)
            {
                _runningNumber = 0;
                _runner.Resume();
            }
        }
    }

    private void Refuse(RunStatus status, string problem)
    {
        _answer.Clear();
        _answer.Add((long)status);
        Tensor.Strings([1], [problem]).CopyTo(_problem);
        TensorWords.Write(_answer, _problem);
    }
}

/// <summary>How a worker's run ended: the first word of its answer.</summary>
internal enum RunStatus
{
    Completed,
    Failed,
    Stopped,
}
