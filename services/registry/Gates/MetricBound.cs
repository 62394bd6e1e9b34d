using System.Text.Json.Serialization;

namespace Platform.Registry.Gates;

/// <summary>What a metric must be; at least one side is given.</summary>
internal sealed record MetricBound
{
    /// <summary>The smallest value that passes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? AtLeast { get; init; }

    /// <summary>The largest value that passes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? AtMost { get; init; }

    /// <summary>Whether the value is within the bounds; a value that is no finite number is within none.</summary>
    public bool Admits(double value) => double.IsFinite(value) && !(value < AtLeast) && !(value > AtMost);

    public override string ToString() => (AtLeast, AtMost) switch
    {
        ({ } least, { } most) => $"{least} to {most}",
        ({ } least, null) => $"at least {least}",
        _ => $"at most {AtMost}",
    };
}
