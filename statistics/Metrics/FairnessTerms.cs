namespace Platform.Statistics.Metrics;

/// <summary>When groups count as treated unfairly.</summary>
/// <param name="Alpha">An adjusted p-value below it is more than chance.</param>
/// <param name="MinRows">Groups of fewer rows are not judged.</param>
/// <param name="Correction">One of <see cref="Samples.Correction.All"/>.</param>
public sealed record FairnessTerms(double Alpha, int MinRows, string Correction);
