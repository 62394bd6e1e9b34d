using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Models;

/// <summary>Runs a version over and over, as it will be when it is busy, to see how long that takes.</summary>
internal sealed class TrialRun : IDisposable
{
    private const int Runs = 3;

    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(300);

    private readonly ModelSession _session;
    private readonly ModelRunner _runner;
    private readonly TensorBuffer[] _inputs;
    private readonly TensorBuffer[] _outputs;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenRegistration _cancelled;

    public TrialRun(ModelSession session, CancellationToken cancellationToken)
    {
        (_session, _runner, _cancellationToken) = (session, session.CreateRunner(), cancellationToken);
        (_inputs, _outputs) = (_runner.CreateInputs(), _runner.CreateOutputs());
        _cancelled = cancellationToken.UnsafeRegister(static runner => ((ModelRunner)runner!).Stop(), _runner);
    }

    public void Fill(IReadOnlyDictionary<string, Tensor> inputs)
    {
        for (var i = 0; i < _inputs.Length; i++) inputs[_session.Signature.Inputs[i].Name].CopyTo(_inputs[i]);
    }

    /// <summary>
    /// The shortest time of some runs: the one that other work on the machine disturbed least. Null when the model cannot be run
    /// on these inputs.
    /// </summary>
    /// <exception cref="OperationCanceledException">The trial was cancelled.</exception>
    public TimeSpan? Fastest()
    {
        var (begun, fastest) = (TimeProvider.System.GetTimestamp(), TimeSpan.MaxValue);
        for (var (run, taken) = (0, TimeSpan.Zero); taken < Least || (run < Runs && taken < Most); run++)
        {
            var started = TimeProvider.System.GetTimestamp();
            if (!TryRun()) return null;
            var ended = TimeProvider.System.GetTimestamp();
            taken = TimeProvider.System.GetElapsedTime(begun, ended);
            fastest = TimeSpan.FromTicks(Math.Min(fastest.Ticks, TimeProvider.System.GetElapsedTime(started, ended).Ticks));
        }

        return fastest;
    }

    public void Dispose()
    {
        _cancelled.Dispose();
        foreach (var buffer in _inputs.Concat(_outputs)) buffer.Dispose();
        _runner.Dispose();
    }

    private bool TryRun()
    {
        try
        {
            _runner.RunAgain(_inputs, _outputs);
            return true;
        }
        catch (ModelRunException exception) when (exception.Stopped)
        {
            throw new OperationCanceledException(exception.Message, exception, _cancellationToken);
        }
        catch (ModelRunException)
        {
            return false;
        }
    }
}
