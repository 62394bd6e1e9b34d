using System.Text.Json.Serialization;

namespace Platform.Monitor.Drift;

/// <summary>What the tests say of one feature.</summary>
internal sealed record FeatureDrift
{
    public required string Name { get; init; }

    /// <summary>numerical or categorical.</summary>
    public required string Kind { get; init; }

    /// <summary>The verdict of the deciding test; null where the data leave it undefined, as those of an empty sample do.</summary>
    public bool? Drifted { get; init; }

    /// <summary>The name of the test that decides.</summary>
    public required string Deciding { get; init; }

    /// <summary>Why that test, and when it means drift: the rule in words.</summary>
    public required string Rule { get; init; }

    /// <summary>The deciding test first.</summary>
    public required IReadOnlyList<TestVerdict> Tests { get; init; }

    /// <summary>Both distributions over the same cells.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FeatureBins? Bins { get; init; }
}
