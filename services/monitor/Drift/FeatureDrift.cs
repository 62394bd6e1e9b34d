using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Platform.Hosting.OpenApi;
using Platform.Statistics.DriftTests;

namespace Platform.Monitor.Drift;

/// <summary>What the tests say of one feature.</summary>
internal sealed record FeatureDrift
{
    public required string Name { get; init; }

    /// <summary>numerical or categorical.</summary>
    [AllowedValues("numerical", "categorical")]
    public required string Kind { get; init; }

    /// <summary>The verdict of the deciding test; null where the data leave it undefined, as those of an empty sample do.</summary>
    public bool? Drifted { get; init; }

    /// <summary>The name of the test that decides.</summary>
    [OneOf(typeof(TestCatalogue), nameof(TestCatalogue.Ids))]
    public required string Deciding { get; init; }

    /// <summary>Why that test, and when it means drift: the rule in words; left out of shorter answers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required string? Rule { get; init; }

    /// <summary>The deciding test first.</summary>
    public required IReadOnlyList<TestVerdict> Tests { get; init; }

    /// <summary>Both distributions over the same cells.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FeatureBins? Bins { get; init; }
}
