using System.Text.Json;

namespace Platform.Registry.Gates;

/// <summary>What one gate measured.</summary>
internal sealed record GateRecord
{
    /// <summary>loads, answers_reference, signature or required_metrics.</summary>
    public required string Gate { get; init; }

    /// <summary>Which metric, where the gate is about one.</summary>
    public string? Metric { get; init; }

    public required bool Passed { get; init; }

    /// <summary>What was found: a digest, a number of rows, what has changed for callers, or a metric's value; null when nothing could be measured.</summary>
    public JsonElement? Measured { get; init; }

    /// <summary>What would pass.</summary>
    public JsonElement? Required { get; init; }

    /// <summary>The same for a person.</summary>
    public required string Detail { get; init; }

    /// <summary>The same with one more sentence, where there is one.</summary>
    public GateRecord With(string? remark) => remark is null ? this : this with { Detail = $"{Detail} {remark}" };
}
