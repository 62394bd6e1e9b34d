using Platform.Statistics.Samples;

namespace Platform.Statistics.DriftTests;

/// <summary>One way to ask whether a feature's current values come from the same distribution as its reference values.</summary>
public interface ITwoSampleTest
{
    /// <summary>The name by which the API knows it.</summary>
    string Id { get; }

    /// <summary>Whether the question makes sense for this feature.</summary>
    bool AppliesTo(FeaturePair pair);

    /// <summary>
    /// Compares the samples. Only called where <see cref="AppliesTo"/> holds and both samples have values;
    /// what the data leave undefined is NaN, never an exception.
    /// </summary>
    TestOutcome Run(FeaturePair pair);

    /// <summary>The value from which a distance means drift; null for a test that decides by its p-value.</summary>
    double? ThresholdFor(FeaturePair pair) => null;

    /// <summary>
    /// About what a distance is between two samples of these sizes that do not differ, from the spread of the pooled values; NaN for a
    /// test that decides by its p-value, which knows.
    /// </summary>
    double ByChance(FeaturePair pair) => double.NaN;
}
