using Platform.Onnx.Graphs;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.RowFlow;

/// <summary>Makes what is known of tensors.</summary>
internal static class Flows
{
    // Longer vectors are data, not sizes.
    private const int MaxContent = 64;

    public static Flow Of(OnnxConstant constant) => new()
    {
        Shape = [.. constant.Shape.Select(Size.Of)],
        Constant = constant,
        Content = ContentOf(constant),
        IsFinite = constant.Numbers?.TrueForAll(double.IsFinite) ?? true,
        IsNumber = constant.Numbers is { } numbers && !numbers.Exists(double.IsNaN),
        AtLeast = Bounds.Of(constant),
    };

    /// <summary>Whole numbers that are known.</summary>
    public static Flow Of(SizeList content) => new() { Shape = content.Shape, Content = content };

    /// <summary>An input of the model, whose first dimension counts the rows.</summary>
    public static Flow OfInput(OnnxValue input, SizeTable sizes)
    {
        if (input.Shape is not { Count: > 0 } shape) throw new InvalidDataException($"the input '{input.Name}' has no first dimension");
        return Flow.Of([.. shape.Select((dimension, axis) => axis == 0 ? Size.Rows : SizeOf(input, dimension, axis, sizes))],
            RowAxis.Plain(0));
    }

    public static SizeItem Item(Size size, SizeTable sizes) => new(size, sizes.DependsOnBatch(size));

    public static SizeItem Number(long number) => new(Size.Of(number), false);

    private static Size SizeOf(OnnxValue input, OnnxDimension dimension, int axis, SizeTable sizes) =>
        dimension.Size is { } size and not Shapes.Dynamic ? Size.Of(size)
        : sizes.Of(dimension.Name is { Length: > 0 } name ? $"dimension {name}" : $"input {input.Name}[{axis}]");

    private static SizeList? ContentOf(OnnxConstant constant) =>
        constant.IsInteger && constant.Shape.Count <= 1 && constant.Integers is { Count: <= MaxContent } numbers
            && numbers.Count == constant.Count
            ? new SizeList([.. numbers.Select(Number)], constant.Shape.Count == 0)
            : null;
}
