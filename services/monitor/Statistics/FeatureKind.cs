namespace Platform.Monitor.Statistics;

/// <summary>How a feature's values compare: by order and distance, or only by equality.</summary>
internal enum FeatureKind
{
    Numerical,
    Categorical,
}
