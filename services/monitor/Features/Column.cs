namespace Platform.Monitor.Features;

/// <summary>How a cell of one column becomes values of its features.</summary>
internal abstract class Column
{
    public abstract IReadOnlyList<Feature> Features { get; }

    /// <summary>Adds a cell of a numeric tensor; NaN is missing.</summary>
    public abstract void Add(double cell, ReadOnlySpan<FeatureValues> into);

    /// <summary>Adds a cell of a tensor of 64-bit whole numbers, of which none is missing.</summary>
    public abstract void Add(Int128 cell, ReadOnlySpan<FeatureValues> into);

    /// <summary>Adds a cell of a text tensor; what is missing is null or empty.</summary>
    public abstract void Add(string? cell, ReadOnlySpan<FeatureValues> into);
}
