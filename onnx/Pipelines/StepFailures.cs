using Platform.Onnx.Tensors;

namespace Platform.Onnx.Pipelines;

/// <summary>Room for the answers of a step that is asked row by row, since one of the rows spoils it for all.</summary>
internal sealed class StepFailures : IDisposable
{
    public StepFailures(int outputs) => Row = [.. Enumerable.Range(0, outputs).Select(_ => new TensorBuffer())];

    /// <summary>The answer to one row.</summary>
    public TensorBuffer[] Row { get; }

    /// <summary>Which row that is.</summary>
    public RowSet Rows { get; } = new();

    /// <summary>Puts the answer behind so many others.</summary>
    public void Keep(TensorBuffer[] outputs, int behind)
    {
        for (var i = 0; i < Row.Length; i++)
        {
            if (behind == 0) RowCopy.Begin(outputs[i], Row[i], 1);
            else outputs[i].SetRows(behind + 1);
            RowCopy.Copy(Row[i], 0, outputs[i], behind);
        }
    }

    public void Dispose()
    {
        foreach (var tensor in Row) tensor.Dispose();
    }
}
