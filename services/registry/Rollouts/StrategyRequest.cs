using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Platform.Registry.Rollouts;

/// <summary>How traffic is to move. Each kind has members of its own; those of another are refused.</summary>
internal sealed record StrategyRequest
{
    /// <summary>immediate, shadow, ab, blue_green or canary.</summary>
    [Required, AllowedValues(StrategyKind.Immediate, StrategyKind.Shadow, StrategyKind.Ab, StrategyKind.BlueGreen, StrategyKind.Canary)]
    public string? Kind { get; init; }

    /// <summary>Of a canary: its steps, 1 to 20, each with a larger share than the one before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<StepRequest>? Steps { get; init; }

    /// <summary>Of a canary or an A/B test: what the version must not be worse in, and by how much.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<GuardRequest>? Guards { get; init; }

    /// <summary>Of a canary or an A/B test: the chance that no decision is wrong, above 0.5 and below 1; 0.95 when absent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Confidence { get; init; }

    /// <summary>Of a canary: what happens when a guard fails, rollback or pause; rollback when absent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), AllowedValues("rollback", "pause", null)]
    public string? OnFailure { get; init; }

    /// <summary>Of a shadow: the share of requests that it answers, too; all when absent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Share { get; init; }

    /// <summary>Of an A/B test: the version that the alias names and the one that is promoted, with their shares, which make 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SplitRequest>? Split { get; init; }

    /// <summary>Of an A/B test: what decides it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PrimaryRequest? Primary { get; init; }

    /// <summary>Of a blue-green switch: for how many minutes the version before stays loaded, 0 to 10080; 30 when absent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? KeepWarmMinutes { get; init; }
}

/// <summary>A step of a canary.</summary>
/// <param name="Weight">The share of requests that the version gets, above 0 and below 1.</param>
/// <param name="MinimumSamples">Requests that it must have answered before the step may end; none when absent.</param>
/// <param name="MinimumMinutes">How long the step lasts at least; 0 when absent.</param>
internal sealed record StepRequest(double? Weight, long? MinimumSamples = null, double? MinimumMinutes = null);

/// <summary>What a version must not be worse in.</summary>
/// <param name="Measure">errors.rate, performance.accuracy, a quantile as latency.p99, or a business outcome as outcomes.conversion.</param>
/// <param name="Margin">By how much it may be worse, above 0; of shares and outcomes, of shares below 1.</param>
/// <param name="Ratio">How many times the champion's it may be, at least 1; of latencies.</param>
internal sealed record GuardRequest(
    [property: Required] string? Measure,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Margin = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Ratio = null);

/// <summary>A version's share of an A/B test.</summary>
internal sealed record SplitRequest([property: Required] string? Version, double? Weight);

/// <summary>What decides an A/B test.</summary>
/// <param name="Measure">errors.rate, performance.accuracy, or a business outcome as outcomes.conversion.</param>
/// <param name="MinimumEffect">The improvement that is worth the change, above 0; of shares below 1.</param>
internal sealed record PrimaryRequest([property: Required] string? Measure, double? MinimumEffect);
