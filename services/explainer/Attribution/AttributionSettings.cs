namespace Platform.Explainer.Attribution;

/// <summary>What a caller may choose about an attribution.</summary>
/// <param name="Seed">Decides every random choice; the same seed gives the same bytes.</param>
/// <param name="Budget">The most evaluations of the model for one instance, background included; absent: the method's default.</param>
/// <param name="Limits">The service's own bounds.</param>
internal sealed record AttributionSettings(long Seed, long? Budget, AttributionLimits Limits);
