namespace Platform.Onnx.Tensors;

/// <summary>Arithmetic on shapes that cannot overflow: shapes arrive from clients and from uploaded files.</summary>
public static class Shapes
{
    /// <summary>A dimension whose size is only known when the tensor arrives.</summary>
    public const long Dynamic = -1;

    /// <summary>
    /// The number of elements of a tensor, or false when a dimension is negative or the number does not fit.
    /// A shape without dimensions is a scalar: one element.
    /// </summary>
    public static bool TryCount(ReadOnlySpan<long> shape, out long count)
    {
        count = 1;
        var empty = false;
        foreach (var dimension in shape)
        {
            if (dimension < 0) return false;
            if (dimension == 0) empty = true;
            else if (count > long.MaxValue / dimension) return false;
            else count *= dimension;
        }

        if (empty) count = 0;
        return true;
    }

    /// <summary>True when a concrete shape is one of those a signature's shape allows.</summary>
    public static bool Fits(ReadOnlySpan<long> shape, ReadOnlySpan<long> signature)
    {
        if (shape.Length != signature.Length) return false;
        for (var i = 0; i < shape.Length; i++)
        {
            if (signature[i] != Dynamic && signature[i] != shape[i]) return false;
        }

        return true;
    }

    /// <summary>For messages: <c>[-1,20]</c>.</summary>
    public static string Describe(ReadOnlySpan<long> shape) => $"[{string.Join(',', shape.ToArray())}]";
}
