using Platform.Onnx.Tensors;

namespace Platform.Onnx.Pipelines;

/// <summary>What a run of a pipeline has computed so far: the tensors, and which rows of the request each of them has.</summary>
internal sealed class PipelineValues(int inputs)
{
    private readonly TensorBuffer[] _inputs = new TensorBuffer[inputs];
    private StepRun[] _steps = [];

    /// <summary>Rows of the request, where they are divided.</summary>
    public int Rows { get; private set; }

    public void Bind(StepRun[] steps) => _steps = steps;

    /// <summary>Begins a run.</summary>
    /// <exception cref="InvalidDataException">The inputs have no rows, or not the same.</exception>
    public void Begin(ReadOnlySpan<TensorBuffer> inputs, bool dividesRows)
    {
        inputs.CopyTo(_inputs);
        if (!dividesRows) return;
        Rows = (int)_inputs[0].Shape[0];
        if (Rows == 0) throw new InvalidDataException("There is no row.");
        foreach (var input in _inputs)
            if (input.Shape[0] != Rows) throw new InvalidDataException("The inputs have different numbers of rows.");
    }

    /// <summary>The tensor at a place, with whatever rows it has.</summary>
    public TensorBuffer this[Place place] => place.Step == Place.Inputs ? _inputs[place.Tensor] : _steps[place.Step].Outputs[place.Tensor];

    /// <summary>Whether the tensors of a step have every row of the request, each where it is there.</summary>
    public bool IsWhole(Place place) => place.Step == Place.Inputs || _steps[place.Step].Answered.IsWhole;

    /// <summary>Whether they have exactly these rows.</summary>
    public bool HasExactly(Place place, RowSet rows) => rows.IsWhole ? IsWhole(place) : place.Step != Place.Inputs && _steps[place.Step].Answered.IsSame(rows);

    /// <summary>Where a row is, in the first of the values that has it; false where none has.</summary>
    public bool TryLocate(Place[] values, int row, out TensorBuffer tensor, out int at)
    {
        foreach (var place in values)
            if (TryLocate(place, row, out tensor, out at)) return true;
        (tensor, at) = (null!, -1);
        return false;
    }

    /// <summary>Where a row is in a value; false where it is not there.</summary>
    public bool TryLocate(Place place, int row, out TensorBuffer tensor, out int at)
    {
        (tensor, at) = (this[place], row);
        if (place.Step == Place.Inputs) return true;
        var step = _steps[place.Step];
        at = step.Answered.PlaceOf(row);
        if (at >= 0 || !step.IsDefault(row)) return at >= 0;
        (tensor, at) = (step.DefaultOf(place.Tensor), 0);
        return true;
    }

    /// <summary>Puts rows together, each from the first of the values that has it.</summary>
    /// <exception cref="InvalidDataException">They have different shapes.</exception>
    public void Gather(Place[] values, RowSet rows, TensorBuffer target)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            if (!TryLocate(values, rows[i], out var tensor, out var at)) throw new InvalidOperationException("A row is gathered that is not there.");
            if (i == 0) RowCopy.Begin(target, tensor, rows.Count);
            RowCopy.Copy(tensor, at, target, i);
        }
    }

    /// <summary>Why these values lack a row.</summary>
    public string Explain(Place[] values)
    {
        var failures = values.Where(place => place.Step != Place.Inputs).Select(place => _steps[place.Step].Failure).OfType<string>().Distinct().ToList();
        return failures.Count > 0 ? string.Join(' ', failures) : "No step was asked for it.";
    }
}
