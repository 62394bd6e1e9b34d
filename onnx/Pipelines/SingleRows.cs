using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Pipelines;

/// <summary>Room for a step that is asked row by row: one row, its answer, and the answers that are put together.</summary>
internal sealed class SingleRows : IDisposable
{
    private readonly long _maxBytes;
    private long _bytes;

    /// <param name="inputs">How many tensors a row has.</param>
    /// <param name="outputs">How many its answer has.</param>
    /// <param name="maxBytes">The most bytes of all answers together.</param>
    public SingleRows(int inputs, int outputs, long maxBytes)
    {
        _maxBytes = maxBytes;
        Inputs = [.. Enumerable.Range(0, inputs).Select(_ => new TensorBuffer())];
        Row = [.. Enumerable.Range(0, outputs).Select(_ => new TensorBuffer())];
    }

    /// <summary>One row of tensors that have several.</summary>
    public TensorBuffer[] Inputs { get; }

    /// <summary>The answer to one row.</summary>
    public TensorBuffer[] Row { get; }

    /// <summary>Which row that is.</summary>
    public RowSet Rows { get; } = new();

    /// <summary>Begins with no answer.</summary>
    public void Begin() => _bytes = 0;

    /// <summary>Takes a row of a tensor as the input at a place.</summary>
    public TensorBuffer Take(int input, TensorBuffer tensor, int row)
    {
        RowCopy.Begin(Inputs[input], tensor, 1);
        RowCopy.Copy(tensor, row, Inputs[input], 0);
        return Inputs[input];
    }

    /// <summary>Puts the answer behind so many others.</summary>
    /// <exception cref="InvalidDataException">It has another shape than they have; they stay.</exception>
    /// <exception cref="ModelRunException">Together they are too large; <see cref="IsFull"/> then.</exception>
    public void Keep(TensorBuffer[] outputs, int behind)
    {
        for (var i = 0; behind > 0 && i < Row.Length; i++) RowCopy.Check(Row[i], outputs[i]);
        foreach (var tensor in Row) _bytes += tensor.Data.Length;
        if (IsFull) throw new ModelRunException($"The outputs of its rows have more than {_maxBytes} bytes together.", stopped: false);
        for (var i = 0; i < Row.Length; i++)
        {
            if (behind == 0) RowCopy.Begin(outputs[i], Row[i], 1);
            else outputs[i].SetRows(behind + 1);
            RowCopy.Copy(Row[i], 0, outputs[i], behind);
        }
    }

    /// <summary>Whether no further row can be kept.</summary>
    public bool IsFull => _bytes > _maxBytes;

    public void Dispose()
    {
        foreach (var tensor in Inputs) tensor.Dispose();
        foreach (var tensor in Row) tensor.Dispose();
    }
}
