using System.Text.Json.Serialization;
using Platform.Registry.Requests;

namespace Platform.Registry.Policies;

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

    /// <summary>Says what is wrong with a bound that came with a request.</summary>
    public static void Check(FieldProblems problems, string field, MetricBound? bound)
    {
        var (least, most) = (bound?.AtLeast, bound?.AtMost);
        problems.Require(field, least is not null || most is not null, "needs atLeast, atMost or both.");
        problems.Require(field, double.IsFinite(least ?? 0) && double.IsFinite(most ?? 0), "must be finite numbers.");
        problems.Require(field, !(least > most), "has atLeast above atMost.");
    }

    public override string ToString() => (AtLeast, AtMost) switch
    {
        ({ } least, { } most) => $"{least} to {most}",
        ({ } least, null) => $"at least {least}",
        _ => $"at most {AtMost}",
    };
}
