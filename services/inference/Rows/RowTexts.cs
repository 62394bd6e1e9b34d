using Platform.Inference.Protocol;
using Platform.Inference.Protocol.Numbers;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Rows;

/// <summary>
/// The texts of one row until it has been read to its end: in their tensor they lie end to end in the order of the cells, and a caller may write
/// them in any other.
/// </summary>
internal readonly ref struct RowTexts(RowSchema schema, Span<int> marks)
{
    private const int Missing = -1;

    private readonly Span<int> _marks = marks;

    /// <summary>The text of a cell is the string at this position of the body.</summary>
    public void Keep(int column, int position) => _marks[column] = position;

    /// <summary>The text of a cell is missing.</summary>
    public void KeepMissing(int column) => _marks[column] = Missing;

    /// <summary>The text of a cell is a category's name.</summary>
    public void KeepCategory(int column, int place) => _marks[column] = Missing - 1 - place;

    /// <summary>Appends the row's texts to their tensors; answers the first column whose text is none, or -1.</summary>
    public int Append(ReadOnlySpan<byte> json, InferRequest request)
    {
        for (var i = 0; i < _marks.Length; i++)
        {
            var column = schema.Columns[i];
            if (column.Datatype == Datatype.Bytes && !Append(json, column, _marks[i], request.InputOf(column.Input))) return i;
        }

        return -1;
    }

    private static bool Append(ReadOnlySpan<byte> json, RowColumn column, int mark, TensorBuffer target)
    {
        if (mark >= 0) return JsonStrings.Append(json, ref mark, target) == ElementProblem.None;
        target.Append(mark == Missing ? [] : column.CategoryAt(Missing - 1 - mark));
        return true;
    }
}
