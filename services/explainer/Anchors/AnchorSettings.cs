namespace Platform.Explainer.Anchors;

/// <summary>What a search for a rule goes by.</summary>
/// <param name="Precision">The share of rows that are to be decided alike.</param>
/// <param name="Confidence">How sure all bounds together are.</param>
/// <param name="BeamWidth">Rules of each length that are followed further.</param>
/// <param name="Budget">The most rows that the model answers, the explained one included.</param>
/// <param name="Seed">Decides every random choice.</param>
internal sealed record AnchorSettings(double Precision, double Confidence, int BeamWidth, long Budget, long Seed);
