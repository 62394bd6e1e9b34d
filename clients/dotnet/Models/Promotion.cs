using System.Text.Json.Nodes;

namespace Platform.Client.Models;

/// <summary>An alias that was moved, or is being moved.</summary>
/// <param name="Id">The promotion's id.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Version">The version that the alias names.</param>
/// <param name="Alias">The alias.</param>
/// <param name="PreviousVersion">The version that it named before; null where it named none.</param>
/// <param name="State">completed, running, paused, rolled_back or cancelled; measured where nothing was to move.</param>
/// <param name="Gates">What was measured before.</param>
/// <param name="At">When.</param>
/// <param name="By">By whom.</param>
/// <param name="Reason">Why; null where nobody said.</param>
public sealed record Promotion(string Id, string Model, string Version, string Alias, string? PreviousVersion, string State,
    IReadOnlyList<Gate>? Gates, DateTimeOffset? At, string? By, string? Reason)
{
    /// <summary>How it takes its time; its kind is immediate where it was done at once.</summary>
    public JsonObject? Strategy { get; init; }

    /// <summary>The step that is under way or was the last, counted from 1; null where there are none.</summary>
    public int? Step { get; init; }

    /// <summary>What was decided, the first first; null where it was done at once.</summary>
    public IReadOnlyList<PromotionDecision>? Decisions { get; init; }

    /// <summary>Of a trial, what each step will probably need; null otherwise.</summary>
    public IReadOnlyList<ExpectedSamples>? Expected { get; init; }
}

/// <summary>What a gate measured.</summary>
/// <param name="Name">The gate's name.</param>
/// <param name="Metric">The metric that it bounds; null for others.</param>
/// <param name="Passed">Whether it let the version pass.</param>
/// <param name="Measured">What it found.</param>
/// <param name="Required">What it asks for.</param>
/// <param name="Detail">Both in a sentence.</param>
public sealed record Gate([property: System.Text.Json.Serialization.JsonPropertyName("gate")] string Name, string? Metric, bool Passed,
    JsonNode? Measured, JsonNode? Required, string? Detail);
