using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Tests.RowFlow;

/// <summary>Rows as different as callers can be: small and large numbers, texts of few and many words.</summary>
internal static class RandomRows
{
    private const int Count = 5;
    private static readonly int[] Words = [1, 2, 20, 3, 1];
    private static readonly double[] Scales = [1, 100, 0.01, 5, 1000];

    /// <summary>Rows for a model; a dimension that is free beside the rows gets the same size in all.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, Tensor>> For(ModelSignature signature, Random random)
    {
        var free = random.Next(2, 5);
        return [.. Enumerable.Range(0, Count).Select(row => signature.Inputs.ToDictionary(input => input.Name, input => Of(input, free, row, random)))];
    }

    private static Tensor Of(TensorSpec input, int free, int row, Random random)
    {
        long[] shape = [.. input.Shape.Select((size, axis) => size >= 0 ? size : axis == 0 ? 1 : free)];
        var count = (int)shape.Aggregate(1L, (product, size) => product * size);
        if (input.Datatype == Datatype.Bytes)
            return Tensor.Strings(shape, [.. Enumerable.Range(0, count).Select(_ => string.Join(' ', Enumerable.Range(0, Words[row]).Select(_ => "abc"[random.Next(3)])))]);
        double Number() => input.Datatype.IsFloatingPoint() ? (random.NextDouble() * 2 - 1) * Scales[row] : random.Next(2);
        return Tensor.FromDoubles(input.Datatype, shape, [.. Enumerable.Range(0, count).Select(_ => Number())]);
    }
}
