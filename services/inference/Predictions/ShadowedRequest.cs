using Platform.Inference.Requests;

namespace Platform.Inference.Predictions;

/// <summary>A request that the champion has answered, for a shadow to answer once more.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Alias">The alias that was called; null for the champion.</param>
/// <param name="Body">The whole request.</param>
/// <param name="Read">Reads it.</param>
/// <param name="Facts">Those of the champion's prediction.</param>
internal sealed record ShadowedRequest(string Model, string? Alias, byte[] Body, BodyRead Read, PredictionFacts Facts);
