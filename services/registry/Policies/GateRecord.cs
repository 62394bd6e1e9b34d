using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Registry.Policies;

/// <summary>What one gate measured.</summary>
internal sealed record GateRecord
{
    public const string IsMeasured = "measured";
    public const string IsDeclared = "declared";

    /// <summary>loads, answers_reference, signature, required_metrics, incumbent, agreement, fairness, latency, size, expected_signs, robustness or approvals.</summary>
    public required string Gate { get; init; }

    /// <summary>Which metric, where the gate is about one.</summary>
    public string? Metric { get; init; }

    public required bool Passed { get; init; }

    /// <summary>What was found: a digest, a number of rows, what has changed for callers, or a metric's value; null when nothing could be measured.</summary>
    public JsonElement? Measured { get; init; }

    /// <summary>Where a metric's value is from: measured on the reference rows here, or declared by the author, which passes no gate.</summary>
    [AllowedValues(IsMeasured, IsDeclared), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Source { get; init; }

    /// <summary>What would pass.</summary>
    public JsonElement? Required { get; init; }

    /// <summary>What the verdict rests on: counts, intervals, p-values; left out where <see cref="Measured"/> is all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Evidence { get; init; }

    /// <summary>Digest of what it was measured on; left out where that is the version alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? InputDigest { get; init; }

    /// <summary>The same for a person.</summary>
    public required string Detail { get; init; }

    /// <summary>The same with one more sentence, where there is one.</summary>
    public GateRecord With(string? remark) => remark is null ? this : this with { Detail = $"{Detail} {remark}" };
}
