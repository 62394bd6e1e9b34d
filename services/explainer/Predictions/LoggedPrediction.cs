using Platform.Explainer.Rows;

namespace Platform.Explainer.Predictions;

/// <summary>A logged prediction that can be explained.</summary>
/// <param name="Version">The version that answered.</param>
/// <param name="Inputs">The rows to explain, as they were asked.</param>
internal sealed record LoggedPrediction(string Version, IReadOnlyList<GivenTensor> Inputs);
