using Platform.Onnx.Tensors;

namespace Platform.Explainer.Rows;

/// <summary>One model input inside a row.</summary>
/// <param name="Name">The input's name.</param>
/// <param name="Datatype">Its datatype.</param>
/// <param name="RowShape">Dimensions of one row, without the batch dimension where there is one.</param>
/// <param name="Offset">Position of its first cell in the row.</param>
/// <param name="Size">Number of its cells.</param>
internal sealed record InputBlock(string Name, Datatype Datatype, long[] RowShape, int Offset, int Size);

/// <summary>How the inputs of a model lie side by side in one row of cells, in the order of its signature.</summary>
/// <param name="Blocks">The inputs.</param>
/// <param name="Batched">Whether every input has a free first dimension, so that many rows can be run at once.</param>
internal sealed record RowLayout(IReadOnlyList<InputBlock> Blocks, bool Batched)
{
    /// <summary>Cells in a row.</summary>
    public int Features { get; } = Blocks.Sum(block => block.Size);

    /// <summary>The dimensions of a row where one input of more than one dimension is all that there is; else null.</summary>
    public long[]? Shape => Blocks is [{ RowShape.Length: > 1 } only] ? only.RowShape : null;

    /// <summary>Whether a row is a single string, whose words are then the features.</summary>
    public bool IsSingleString => Blocks is [{ Datatype: Datatype.Bytes, Size: 1 }];
}
