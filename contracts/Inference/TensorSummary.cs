namespace Platform.Contracts.Inference;

/// <summary>What one row of a large numeric tensor looks like as a whole, computed over all of its elements. Of FP32 elements the figures are FP32.</summary>
public sealed record TensorSummary
{
    /// <summary>Arithmetic mean; null when an element is not finite.</summary>
    public double? Mean { get; init; }

    /// <summary>Population standard deviation; null when an element is not finite.</summary>
    public double? Std { get; init; }

    /// <summary>Smallest element; null when an element is not finite.</summary>
    public double? Min { get; init; }

    /// <summary>Largest element; null when an element is not finite.</summary>
    public double? Max { get; init; }

    /// <summary>Share of elements that are zero, 0 to 1.</summary>
    public double Zeros { get; init; }
}
