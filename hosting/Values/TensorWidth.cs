using Platform.Contracts.Registry;

namespace Platform.Hosting.Values;

/// <summary>How many elements a row of a tensor has.</summary>
public static class TensorWidth
{
    /// <summary>The product of the dimensions without the batch; null where one is free.</summary>
    public static long? Of(TensorSignature tensor)
    {
        var dimensions = tensor.Shape is [-1, ..] ? tensor.Shape.Skip(1) : tensor.Shape;
        var width = 1L;
        foreach (var dimension in dimensions)
        {
            if (dimension < 0)
                return null;
            width *= dimension;
        }

        return width;
    }
}
