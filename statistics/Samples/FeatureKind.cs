namespace Platform.Statistics.Samples;

/// <summary>How a feature's values compare: by order and distance, or only by equality.</summary>
public enum FeatureKind
{
    Numerical,
    Categorical,
}
