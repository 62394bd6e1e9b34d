using System.Diagnostics;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Pipelines;

/// <summary>One step of one runner: asks its version those rows that come its way.</summary>
internal sealed class StepRun : IDisposable
{
    // What is shorter is not worth another thread.
    private const double WorthThreadMicroseconds = 200;

    private readonly StepPlan _plan;
    private readonly PipelineValues _values;
    private readonly bool _dividesRows;
    private readonly bool _keepsRowsApart;
    private readonly ModelRunner _runner;
    private readonly TensorBuffer[] _own;
    private readonly TensorBuffer[] _gathered;
    private readonly TensorBuffer[] _between; // all of which nobody looks at after the run
    private readonly Place[][] _needed;
    private readonly TensorBuffer[] _inputs;
    private readonly TensorBuffer[] _together; // the inputs of all rows, while each is asked by itself
    private readonly OptionalInput[] _optional;
    private readonly TensorBuffer?[] _defaults;
    private readonly RowSet _asked = new();
    private readonly SingleRows _single;
    private readonly bool[] _answers; // which of the inputs steps have made
    private double _microseconds;

    public StepRun(StepPlan plan, StepModel model, PipelineValues values, bool dividesRows)
    {
        (_plan, _values, _dividesRows, _keepsRowsApart) = (plan, values, dividesRows, model.KeepsRowsApart);
        _runner = model.Session.CreateRunner();
        _own = _runner.CreateOutputs();
        Outputs = [.. _own];
        _needed = [.. plan.Inputs, .. plan.Optional.Select(input => input.Values)];
        _gathered = [.. _needed.Select(_ => new TensorBuffer())];
        _between = [.. _own, .. _gathered];
        (_inputs, _together, _optional) = (new TensorBuffer[plan.Inputs.Count], new TensorBuffer[plan.Inputs.Count], new OptionalInput[plan.Optional.Count]);
        _defaults = [.. plan.Defaults.Select(Own)];
        _single = new SingleRows(plan.Inputs.Count, _own.Length, model.MaxOutputBytes);
        _answers = [.. plan.Inputs.Select(values => Array.Exists(values, value => value.Step != Place.Inputs))];
    }

    /// <summary>What it has answered: the rows of <see cref="Answered"/>.</summary>
    public TensorBuffer[] Outputs { get; }

    public RowSet Answered { get; } = new();

    /// <summary>Why it failed on rows that it was to be passed over for; null where it did not.</summary>
    public string? Failure { get; private set; }

    /// <summary>Whether it takes so long that another step should run beside it.</summary>
    public bool IsSlow => _microseconds > WorthThreadMicroseconds;

    /// <summary>Whether the default values stand for a row.</summary>
    public bool IsDefault(int row) => _plan.Policy == FailurePolicy.Default && Failure is not null && _asked.PlaceOf(row) >= 0 && Answered.PlaceOf(row) < 0;

    public TensorBuffer DefaultOf(int output) => _defaults[output]!;

    /// <summary>Runs, once the steps before it have.</summary>
    /// <param name="outputs">The pipeline's outputs.</param>
    /// <param name="again">Whether the pipeline is run over the same tensors again and again.</param>
    /// <exception cref="ModelRunException">It failed, and the request with it.</exception>
    public void Run(TensorBuffer[] outputs, bool again)
    {
        var started = Stopwatch.GetTimestamp();
        Failure = null;
        try
        {
            for (var i = 0; i < _own.Length; i++) Outputs[i] = _plan.Direct[i] >= 0 ? outputs[_plan.Direct[i]] : _own[i];
            if (_dividesRows) RunRows(again);
            else RunWhole(again);
        }
        catch (Exception exception) when (exception is InvalidDataException or ArgumentException) // the latter of a tensor that fits in no memory
        {
            throw new ModelRunException($"{_plan.Label}: {exception.Message}", stopped: false, exception);
        }
        catch (ModelRunException exception)
        {
            throw new ModelRunException($"{_plan.Label}: {exception.Message}", exception.Stopped, exception);
        }

        _microseconds += (Stopwatch.GetElapsedTime(started).TotalMicroseconds - _microseconds) / 8;
    }

    public void Stop() => _runner.Stop();

    public void Resume() => _runner.Resume();

    public void Forget() => _runner.Forget();

    /// <summary>Gives back what a large run took.</summary>
    public void Trim(int keepPerTensor)
    {
        var trimmed = false;
        foreach (var tensor in _between)
        {
            if (tensor.Capacity <= keepPerTensor) continue;
            tensor.Dispose();
            trimmed = true;
        }

        if (trimmed) _runner.Forget();
    }

    public void Dispose()
    {
        foreach (var tensor in _between) tensor.Dispose();
        foreach (var tensor in _defaults) tensor?.Dispose();
        _single.Dispose();
        _runner.Dispose();
    }

    private static TensorBuffer? Own(Tensor? row)
    {
        if (row is null) return null;
        var buffer = new TensorBuffer();
        row.CopyTo(buffer);
        return buffer;
    }

    /// <summary>Where rows are not divided nothing is copied: what one part answers is what the next one reads.</summary>
    private void RunWhole(bool again)
    {
        for (var i = 0; i < _inputs.Length; i++) _inputs[i] = _values[_plan.Inputs[i][0]];
        for (var i = 0; i < _optional.Length; i++) _optional[i] = new OptionalInput(_plan.Optional[i].Name, _values[_plan.Optional[i].Values[0]]);
        AskTogether(again);
    }

    private void RunRows(bool again)
    {
        FindRows();
        if (_asked.Count == 0)
        {
            Answered.Clear(_values.Rows);
            return;
        }

        TakeInputs(_asked);
        try
        {
            AskTogether(again);
            Check(Outputs, _asked.Count);
            Answered.CopyFrom(_asked, _values.Rows);
        }
        catch (Exception exception) when (IsPassedOver(exception))
        {
            Failure = $"{_plan.Label} failed: {exception.Message}";
            AskOneByOne();
        }
    }

    /// <summary>
    /// All rows at once, unless a step before has answered what is not finite: the runtime answers that by its place in the batch, and a row must be answered as it is alone.
    /// </summary>
    private void AskTogether(bool again)
    {
        if (HasGaps()) AskApart((int)_inputs[0].Shape[0]);
        else Ask(Outputs, again);
    }

    /// <summary>Requests that are not finite themselves come row by row already.</summary>
    private bool HasGaps()
    {
        if (!_keepsRowsApart || _inputs is not [var first, ..] || first.Shape.Length == 0 || first.Shape[0] < 2) return false;
        var gaps = false;
        for (var i = 0; i < _inputs.Length; i++)
        {
            if (_inputs[i].Shape.Length == 0 || _inputs[i].Shape[0] != first.Shape[0]) return false;
            gaps |= _answers[i] && !FiniteScan.IsFinite(_inputs[i]);
        }

        return gaps;
    }

    private void AskApart(int rows)
    {
        _inputs.CopyTo(_together, 0);
        _single.Begin();
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < _inputs.Length; i++) _inputs[i] = _single.Take(i, _together[i], row);
            Ask(_single.Row, again: false);
            Check(_single.Row, 1);
            _single.Keep(Outputs, row);
        }
    }

    private bool IsPassedOver(Exception exception) => _plan.Policy != FailurePolicy.Fail && exception is ModelRunException { Stopped: false } or InvalidDataException;

    /// <summary>One row may have spoiled it for all.</summary>
    private void AskOneByOne()
    {
        Answered.Clear(_values.Rows);
        _single.Begin();
        for (var i = 0; i < _asked.Count; i++)
        {
            _single.Rows.SetOne(_asked[i], _values.Rows);
            TakeInputs(_single.Rows);
            try
            {
                Ask(_single.Row, again: false);
                Check(_single.Row, 1);
                _single.Keep(Outputs, Answered.Count);
                Answered.Add(_asked[i]);
            }
            catch (Exception exception) when (IsPassedOver(exception) && !_single.IsFull)
            {
                // The row has no answer.
            }
        }

        Answered.End(_values.Rows);
    }

    private void Ask(TensorBuffer[] outputs, bool again)
    {
        if (again && _optional.Length == 0) _runner.RunAgain(_inputs, outputs);
        else _runner.Run(_inputs, _optional, outputs);
    }

    private static void Check(TensorBuffer[] outputs, int rows)
    {
        foreach (var output in outputs)
            if (output.Shape.Length == 0 || output.Shape[0] != rows)
                throw new InvalidDataException($"It answered {Shapes.Describe(output.Shape)} to {rows} row{(rows == 1 ? "" : "s")}.");
    }

    /// <summary>The rows that meet the condition, and that every input has.</summary>
    private void FindRows()
    {
        if (_plan.Condition.Count == 0 && Array.TrueForAll(_needed, values => Array.Exists(values, _values.IsWhole)))
        {
            _asked.SetWhole(_values.Rows);
            return;
        }

        _asked.Clear(_values.Rows);
        for (var row = 0; row < _values.Rows; row++)
            if (IsAsked(row)) _asked.Add(row);
        _asked.End(_values.Rows);
    }

    private bool IsAsked(int row)
    {
        foreach (var (term, value) in _plan.Condition)
            if (!_values.TryLocate(value, row, out var tensor, out var at) || !term.Holds(tensor, at)) return false;
        foreach (var values in _needed)
            if (!_values.TryLocate(values, row, out _, out _)) return false;
        return true;
    }

    private void TakeInputs(RowSet rows)
    {
        for (var i = 0; i < _inputs.Length; i++) _inputs[i] = Take(_plan.Inputs[i], rows, _gathered[i]);
        for (var i = 0; i < _optional.Length; i++)
            _optional[i] = new OptionalInput(_plan.Optional[i].Name, Take(_plan.Optional[i].Values, rows, _gathered[_inputs.Length + i]));
    }

    /// <summary>A value's rows: the value itself where it has just these.</summary>
    private TensorBuffer Take(Place[] values, RowSet rows, TensorBuffer gathered)
    {
        if (_values.HasExactly(values[0], rows)) return _values[values[0]];
        _values.Gather(values, rows, gathered);
        return gathered;
    }
}
