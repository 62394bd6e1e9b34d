using System.Runtime.ExceptionServices;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Pipelines;

/// <summary>Runs the steps of a pipeline, each once those before it have answered.</summary>
internal sealed class PipelineRunner : ModelRunner
{
    // As much of a tensor in between is kept from one run to the next.
    private const int KeepPerTensor = 4 << 20;

    private static readonly ParallelOptions SideBySide = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    private readonly PipelinePlan _plan;
    private readonly PipelineValues _values;
    private readonly StepRun[] _steps;
    private readonly StepRun[][] _levels;
    private readonly Combiner?[] _combiners;
    private readonly TensorBuffer[] _outputs;
    private readonly RowSet _all = new();
    private volatile bool _isStopped;

    public PipelineRunner(PipelinePlan plan, IReadOnlyList<StepModel> models)
    {
        _plan = plan;
        _values = new PipelineValues(plan.Signature.Inputs.Count);
        _steps = [.. plan.Steps.Select((step, at) => new StepRun(step, models[at], _values, plan.DividesRows))];
        _values.Bind(_steps);
        _levels = [.. plan.Levels.Select(level => level.Select(step => _steps[step]).ToArray())];
        _combiners = [.. plan.Outputs.Select(output => output.Combination is null ? null : new Combiner(output, _values))];
        _outputs = new TensorBuffer[plan.Outputs.Count];
    }

    public override TensorBuffer[] CreateInputs() => [.. _plan.Signature.Inputs.Select(_ => new TensorBuffer())];

    public override TensorBuffer[] CreateOutputs() => [.. _plan.Outputs.Select(_ => new TensorBuffer())];

    public override void Run(ReadOnlySpan<TensorBuffer> inputs, IReadOnlyList<OptionalInput> optional, ReadOnlySpan<TensorBuffer> outputs) =>
        Run(inputs, outputs, again: false);

    public override void RunAgain(ReadOnlySpan<TensorBuffer> inputs, ReadOnlySpan<TensorBuffer> outputs) => Run(inputs, outputs, again: true);

    public override void Stop()
    {
        _isStopped = true;
        foreach (var step in _steps) step.Stop();
    }

    public override void Resume()
    {
        _isStopped = false;
        foreach (var step in _steps) step.Resume();
    }

    public override void Forget()
    {
        foreach (var step in _steps) step.Forget();
    }

    public override void Dispose()
    {
        foreach (var step in _steps) step.Dispose();
    }

    private void Run(ReadOnlySpan<TensorBuffer> inputs, ReadOnlySpan<TensorBuffer> outputs, bool again)
    {
        outputs.CopyTo(_outputs);
        try
        {
            _values.Begin(inputs, _plan.DividesRows);
            foreach (var level in _levels) RunLevel(level, again);
            for (var i = 0; i < _outputs.Length; i++) Answer(i);
        }
        catch (Exception exception) when (exception is InvalidDataException or ArgumentException) // the latter of a tensor that fits in no memory
        {
            throw new ModelRunException(exception.Message, stopped: false, exception);
        }
        finally
        {
            foreach (var step in _steps) step.Trim(KeepPerTensor);
        }
    }

    private void RunLevel(StepRun[] level, bool again)
    {
        if (_isStopped) throw new ModelRunException("The run was stopped.", stopped: true);
        if (level.Length > 1 && level.Count(step => step.IsSlow) > 1) RunSideBySide(level, again);
        else foreach (var step in level) step.Run(_outputs, again);
    }

    private void RunSideBySide(StepRun[] level, bool again)
    {
        try
        {
            Parallel.ForEach(level, SideBySide, step => step.Run(_outputs, again));
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions.OfType<ModelRunException>().FirstOrDefault() ?? exception.InnerExceptions[0]);
        }
    }

    private void Answer(int at)
    {
        var output = _plan.Outputs[at];
        if (_combiners[at] is { } combiner) combiner.Fill(_outputs[at]);
        else if (_values[output.Values[0]] == _outputs[at]) return; // the step has written it there
        else if (!_plan.DividesRows || _values.IsWhole(output.Values[0])) RowCopy.CopyAll(_values[output.Values[0]], _outputs[at]);
        else Gather(output, _outputs[at]);
    }

    private void Gather(OutputPlan output, TensorBuffer target)
    {
        _all.SetWhole(_values.Rows);
        for (var row = 0; row < _values.Rows; row++)
            if (!_values.TryLocate(output.Values, row, out _, out _))
                throw new InvalidDataException($"Row {row}: no step has answered '{output.Name}'. {_values.Explain(output.Values)}");
        _values.Gather(output.Values, _all, target);
    }
}
