using System.ComponentModel.DataAnnotations;
using Platform.Hosting.OpenApi;
using Platform.Monitor.Baselines;
using Platform.Monitor.Drift;
using Platform.Statistics.Performance;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Monitoring;

/// <summary>What a version's windows are compared with.</summary>
/// <param name="Rows">Reference rows behind it; 0 without a reference.</param>
/// <param name="Features">The inputs.</param>
/// <param name="Prediction">The version's own answers to the reference rows.</param>
/// <param name="Performance">How good it is where it is known to be good; null where that is not known.</param>
internal sealed record BaselineReport(
    int Rows, IReadOnlyList<FeatureSummary> Features, IReadOnlyList<FeatureSummary> Prediction, PerformanceSummary? Performance)
{
    public static BaselineReport Of(Baseline baseline) => new(
        baseline.Rows,
        [.. baseline.Features.Select(FeatureSummary.Of)],
        [.. baseline.PredictionFeatures.Select(FeatureSummary.Of)],
        baseline.Performance is null ? null : new(
            baseline.Performance.Source,
            baseline.Performance.Metrics.ToDictionary(metric => metric.Key, metric => Finite.OrNull(metric.Value))));
}

/// <summary>A known performance.</summary>
/// <param name="Source">reference, or metadata where the author's own figures are all there is.</param>
/// <param name="Metrics">Measures by name.</param>
internal sealed record PerformanceSummary([property: AllowedValues("reference", "metadata")] string Source, IReadOnlyDictionary<string, double?> Metrics);

/// <summary>One feature of the reference.</summary>
internal sealed record FeatureSummary
{
    private const int MostCategories = 50;
    private const string Number = """{"type":["number","null"],"format":"double"}""";

    public required string Name { get; init; }

    /// <summary>numerical or categorical.</summary>
    [AllowedValues("numerical", "categorical")]
    public required string Kind { get; init; }

    public int Rows { get; init; }

    public double MissingShare { get; init; }

    [JsonShape(Number)]
    public ExactNumber? Min { get; init; }

    [JsonShape(Number)]
    public ExactNumber? Max { get; init; }

    public double? Mean { get; init; }

    /// <summary>Standard deviation with divisor n.</summary>
    public double? Std { get; init; }

    /// <summary>The distinct deciles: the inner edges of the bins, but for a feature of five values or fewer, where each is one.</summary>
    [JsonShape(FeatureBins.Numbers)]
    public IReadOnlyList<ExactNumber>? Edges { get; init; }

    /// <summary>Counts of the most frequent categories, fifty at most.</summary>
    public IReadOnlyDictionary<string, long>? Categories { get; init; }

    public static FeatureSummary Of(FeatureBaseline feature) => feature.Numbers is { } numbers
        ? new()
        {
            Name = feature.Feature.Name,
            Kind = "numerical",
            Rows = feature.Rows,
            MissingShare = feature.MissingShare,
            Min = numbers.Count == 0 ? null : numbers[0],
            Max = numbers.Count == 0 ? null : numbers[numbers.Count - 1],
            Mean = Finite.OrNull(numbers.Mean),
            Std = Finite.OrNull(numbers.PopulationDeviation),
            Edges = QuantileBins.NumbersAtEdges(numbers),
        }
        : new()
        {
            Name = feature.Feature.Name,
            Kind = "categorical",
            Rows = feature.Rows,
            MissingShare = feature.MissingShare,
            Categories = feature.Categories!.Counts.OrderByDescending(category => category.Value).Take(MostCategories)
                .ToDictionary(category => category.Key, category => category.Value),
        };
}
