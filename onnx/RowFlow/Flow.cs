using Platform.Onnx.Graphs;

namespace Platform.Onnx.RowFlow;

/// <summary>
/// What is known of one tensor of a graph, whatever the rows are: nothing of them is in it, or each of its parts along one dimension
/// belongs to one row and depends on that row alone, or rows have been mixed.
/// </summary>
internal sealed record Flow
{
    /// <summary>Its dimensions; null where their number is not known, which only happens where no rows are in it.</summary>
    public Size[]? Shape { get; init; }

    /// <summary>Where the rows lie; null where none are in it.</summary>
    public RowAxis? Rows { get; init; }

    /// <summary>A dimension that is as long as the longest row of the batch; null where there is none.</summary>
    public TokenAxis? Tokens { get; init; }

    /// <summary>The whole numbers in it, where they are sizes or constants; null where they are not followed.</summary>
    public SizeList? Content { get; init; }

    /// <summary>The constant that it is, unchanged; null where it is none.</summary>
    public OnnxConstant? Constant { get; init; }

    /// <summary>Whether it is finite wherever the inputs are, overflow aside.</summary>
    public bool IsFinite { get; init; } = true;

    /// <summary>Whether it is known to hold no NaN wherever the inputs are finite, although it may be infinite.</summary>
    public bool IsNumber { get; init; }

    /// <summary>What none of its elements is below wherever the inputs are finite; null where that is not known.</summary>
    public double? AtLeast { get; init; }

    /// <summary>What mixed the rows; null where nothing has.</summary>
    public RowMixing? Mixing { get; init; }

    public int Rank => Shape!.Length;

    public static Flow Mixed(RowMixing mixing) => new() { Mixing = mixing };

    /// <summary>Nothing of the rows, and nothing more is known.</summary>
    public static Flow Unknown { get; } = new() { IsFinite = false };

    public static Flow Of(Size[] shape, RowAxis? rows = null, bool finite = true) =>
        new() { Shape = shape, Rows = rows, IsFinite = finite };
}

/// <summary>
/// The dimension along which rows lie. It has outer × rows × inner elements, and element (o, row, i) belongs to the row: outer and
/// inner are 1 where rows simply follow each other.
/// </summary>
internal sealed record RowAxis(int Axis, Size Outer, Size Inner)
{
    public static RowAxis Plain(int axis) => new(axis, Size.One, Size.One);

    public Size Size => Outer * RowFlow.Size.Rows * Inner;

    public bool IsPlain => Outer.IsOne && Inner.IsOne;
}

/// <summary>
/// A dimension on which every row has a length of its own and is filled up to the longest row of the batch. What a row holds there
/// at any place depends on the row alone, but how many places there are depends on the batch.
/// </summary>
/// <param name="Axis">Which dimension.</param>
/// <param name="Fill">What stands behind a row's own length.</param>
/// <param name="Always">Whether the last place of a row's own length holds the filling, too.</param>
internal sealed record TokenAxis(int Axis, Filling Fill, bool Always);

/// <summary>What a row is filled up with: one number, one text, or something that is not known and may differ by row and place.</summary>
internal readonly record struct Filling(double? Number, string? Text)
{
    public static Filling Unknown => default;

    public bool IsZero => Number == 0;
}
