using Platform.Explainer.Rows;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Explainer.Models;

/// <summary>
/// Runs a loaded model over rows of cells in memory that is used again from run to run, and reads one of its outputs as
/// doubles. One run at a time.
/// </summary>
internal sealed class ModelCall : IDisposable
{
    /// <summary>
    /// Runs are padded to a multiple of this many rows. Vectorised kernels (Sin, Log, Softplus …) compute the last few elements
    /// of a batch by another path, which differs in the last bit; with padding equal rows get equal answers wherever they
    /// stand, and a feature that the model ignores gets exactly zero.
    /// </summary>
    private const int RowMultiple = 16;

    private readonly ModelRunner _runner;
    private readonly RowLayout _layout;
    private readonly int _output;
    private readonly bool _sharesRuns;
    private readonly bool _hasFixedOutput;
    private readonly TensorBuffer[] _inputs;
    private readonly TensorBuffer[] _outputs;
    private readonly List<OptionalInput> _optional = [];

    public ModelCall(ModelSession session, Instances instances, int output, bool sharesRuns)
        : this(session, instances.Layout, output, sharesRuns)
    {
        foreach (var input in instances.Fixed)
        {
            var value = new TensorBuffer();
            _optional.Add(new OptionalInput(input.Block.Name, value));
            value.Reset(input.Block.Datatype, input.Block.RowShape);
            CellWriter.Write(input.Cells, 1, 1, new RowLayout([input.Block], Batched: false), input.Block, instances.Vocabulary, value);
        }
    }

    /// <param name="session">The model.</param>
    /// <param name="layout">How its inputs lie in a row.</param>
    /// <param name="output">Which of its outputs is read.</param>
    /// <param name="sharesRuns">Whether rows may share a run: <see cref="Platform.Onnx.Batching.RowSharing"/>.</param>
    public ModelCall(ModelSession session, RowLayout layout, int output, bool sharesRuns)
    {
        (_runner, _layout, _output, _sharesRuns) = (session.CreateRunner(), layout, output, sharesRuns && layout.Batched);
        _hasFixedOutput = layout.Batched && session.Signature.Outputs[output].Shape is [not Shapes.Dynamic, ..];
        Output = session.Signature.Outputs[output];
        (_inputs, _outputs) = (_runner.CreateInputs(), _runner.CreateOutputs());
    }

    /// <summary>
    /// How many of the first rows the next run takes: one where rows may not share a run, or where it has a number that is not
    /// finite, which the runtime answers by its place; else all up to the next of that kind.
    /// </summary>
    /// <param name="rows">Row-major [count, features].</param>
    /// <param name="count">At least 1.</param>
    public int RowsInNextRun(ReadOnlySpan<double> rows, int count)
    {
        if (!_sharesRuns) return 1;
        if (FiniteScan.IsFinite(rows)) return count;
        var finite = 0;
        while (FiniteScan.IsFinite(rows.Slice(finite * _layout.Features, _layout.Features))) finite++;
        return Math.Max(1, finite);
    }

    /// <summary>The same of texts.</summary>
    public int TextsInNextRun(int texts) => _sharesRuns ? texts : 1;

    /// <summary>Runs numeric or mixed rows, row-major [count, features], and returns the output's numbers per row.</summary>
    public int Run(ReadOnlySpan<double> rows, int count, CellVocabulary vocabulary, CancellationToken cancellationToken)
    {
        var padded = count == 1 && !FiniteScan.IsFinite(rows) ? 1 : Padded(count);
        for (var i = 0; i < _inputs.Length; i++)
            CellWriter.Write(rows, count, padded, _layout, _layout.Blocks[i], vocabulary, Reset(i, padded));
        return Run(padded, cancellationToken);
    }

    /// <summary>Runs texts through a model whose rows are single strings, and returns the output's numbers per row.</summary>
    public int Run(ReadOnlySpan<string> texts, CancellationToken cancellationToken)
    {
        var padded = Padded(texts.Length);
        CellWriter.Write(texts, padded, Reset(0, padded));
        return Run(padded, cancellationToken);
    }

    /// <summary>Reads the chosen columns of the last run's first rows, row-major [rows, columns].</summary>
    public void Read(int width, ReadOnlySpan<int> columns, Span<double> target)
    {
        var numbers = CellReader.Read(_outputs[_output]);
        for (var row = 0; row * columns.Length < target.Length; row++)
        {
            for (var i = 0; i < columns.Length; i++)
                target[(row * columns.Length) + i] = numbers[(row * width) + columns[i]];
        }
    }

    /// <summary>The same as a new array of the last run's first rows.</summary>
    public double[] Read(int rows, int width, ReadOnlySpan<int> columns)
    {
        var target = new double[rows * columns.Length];
        Read(width, columns, target);
        return target;
    }

    public void Dispose()
    {
        foreach (var buffer in _inputs.Concat(_outputs).Concat(_optional.Select(input => input.Value)))
            buffer.Dispose();
        _runner.Dispose();
    }

    /// <summary>The output that is read.</summary>
    public TensorSpec Output { get; }

    private int Padded(int rows) => _sharesRuns ? (rows + RowMultiple - 1) / RowMultiple * RowMultiple : rows;

    private TensorBuffer Reset(int input, int rows)
    {
        var block = _layout.Blocks[input];
        _inputs[input].Reset(block.Datatype, _layout.Batched ? [rows, .. block.RowShape] : block.RowShape);
        return _inputs[input];
    }

    private int Run(int rows, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using (cancellationToken.UnsafeRegister(static runner => ((ModelRunner)runner!).Stop(), _runner))
        {
            try
            {
                _runner.Run(_inputs, _optional, _outputs);
            }
            catch (ModelRunException exception) when (exception.Stopped)
            {
                throw new OperationCanceledException(exception.Message, exception, cancellationToken);
            }
        }

        if (_hasFixedOutput)
            throw new OutputShapeException("The output has the same shape for any number of rows, which is no answer of its own for each.");
        return OutputShapeException.Width(_outputs[_output].Count, rows);
    }
}
