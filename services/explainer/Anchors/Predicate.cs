namespace Platform.Explainer.Anchors;

/// <summary>What is said of one feature: a value that it equals, bounds that it lies between, that it is missing, or that it is given.</summary>
/// <param name="Feature">The feature's place.</param>
/// <param name="Value">The value that it equals, NaN for a missing one; null where it lies between bounds.</param>
/// <param name="Above">It is larger than this; negative infinity where nothing is said.</param>
/// <param name="UpTo">It is at most this; infinity where nothing is said.</param>
internal sealed record Predicate(int Feature, double? Value, double Above, double UpTo)
{
    /// <summary>Whether it says of a feature only that it is not missing.</summary>
    public bool IsGiven => Value is null && double.IsNegativeInfinity(Above) && double.IsPositiveInfinity(UpTo);

    public bool Holds(double cell) => Value is { } value ? value.Equals(cell) : cell > Above && cell <= UpTo;
}
