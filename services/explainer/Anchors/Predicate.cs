namespace Platform.Explainer.Anchors;

/// <summary>What is said of one feature: a value that it equals, bounds that it lies between, or that it is missing.</summary>
/// <param name="Feature">The feature's place.</param>
/// <param name="Value">The value that it equals, NaN for a missing one; null where it lies between bounds.</param>
/// <param name="Above">It is larger than this; negative infinity where nothing is said.</param>
/// <param name="UpTo">It is at most this; infinity where nothing is said.</param>
internal sealed record Predicate(int Feature, double? Value, double Above, double UpTo)
{
    public bool Holds(double cell) => Value is { } value ? value.Equals(cell) : cell > Above && cell <= UpTo;
}
