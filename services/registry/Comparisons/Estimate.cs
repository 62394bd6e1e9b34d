namespace Platform.Registry.Comparisons;

/// <summary>A mean as it is known from so many.</summary>
/// <param name="Mean">The mean; NaN of none.</param>
/// <param name="Variance">The variance of the mean, not of the values; 0 where they do not vary, and so say nothing of it.</param>
/// <param name="Count">Of how many.</param>
internal readonly record struct Estimate(double Mean, double Variance, long Count);
