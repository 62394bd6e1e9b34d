using Platform.Hosting.OpenApi;
using Platform.Hosting.Work;

namespace Platform.Explainer.Jobs;

/// <summary>An explanation that is not finished yet.</summary>
/// <param name="Id">Under which the result can be read.</param>
/// <param name="Model">The model's name.</param>
/// <param name="State">queued, or running while it is computed.</param>
internal sealed record QueuedExplanation(string Id, string Model, [property: OneOf(typeof(WorkState))] string State = WorkState.Queued);

/// <summary>An explanation that was cancelled.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Model">The model's name.</param>
/// <param name="State">cancelled.</param>
/// <param name="FinishedAt">Since when (UTC).</param>
internal sealed record CancelledExplanation(
    string Id, string Model, [property: OneOf(typeof(WorkState))] string State, DateTimeOffset FinishedAt);
