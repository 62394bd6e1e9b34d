using Platform.Hosting.OpenApi;
using Platform.Monitor.DriftTests;

namespace Platform.Monitor.Drift;

/// <summary>What one test says of one feature; null where the data leave a value undefined.</summary>
internal sealed record TestVerdict
{
    /// <summary>The test's name.</summary>
    [OneOf(typeof(TestCatalogue), nameof(TestCatalogue.Ids))]
    public required string Test { get; init; }

    /// <summary>Its statistic, or the distance.</summary>
    public double? Statistic { get; init; }

    /// <summary>Two-sided; null for a distance.</summary>
    public double? PValue { get; init; }

    /// <summary>The p-value after correction for the number of features; null for a distance.</summary>
    public double? AdjustedPValue { get; init; }

    /// <summary>How large the difference is, whatever the number of rows; null where the test has no such measure.</summary>
    public double? EffectSize { get; init; }

    /// <summary>
    /// What the adjusted p-value must stay below, or the distance must reach, to mean drift; null where the spread of the
    /// reference, in which a distance is measured, is beyond any number.
    /// </summary>
    public double? Threshold { get; init; }

    /// <summary>Whether it does.</summary>
    public bool Drifted { get; init; }
}
