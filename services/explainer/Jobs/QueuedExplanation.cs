using Platform.Hosting.OpenApi;

namespace Platform.Explainer.Jobs;

/// <summary>An explanation that is not finished yet.</summary>
/// <param name="Id">Under which the result can be read.</param>
/// <param name="Model">The model's name.</param>
/// <param name="State">queued.</param>
internal sealed record QueuedExplanation(string Id, string Model, [property: OneOf(typeof(ExplanationState))] string State = ExplanationState.Queued);
