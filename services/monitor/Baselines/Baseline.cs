using Platform.Contracts.Registry;
using Platform.Monitor.Features;
using Platform.Monitor.Performance;
using Platform.Monitor.Predictions;
using Platform.Monitor.Versions;
using Platform.Statistics.Metrics;
using Platform.Statistics.Performance;

namespace Platform.Monitor.Baselines;

/// <summary>What a version's traffic is compared with.</summary>
internal sealed class Baseline
{
    public required VersionKey Key { get; init; }

    /// <summary>What the registry says of it; empty for a version that the registry does not know.</summary>
    public required ModelVersionDescription Description { get; init; }

    /// <summary>How its inputs are read.</summary>
    public required IReadOnlyList<InputLayout> Inputs { get; init; }

    /// <summary>How its answers are read; null where it has none.</summary>
    public required PredictionLayout? Prediction { get; init; }

    public required LabelScheme Labels { get; init; }

    /// <summary>Reference rows behind it; 0 without a reference, and then nothing can drift.</summary>
    public int Rows { get; init; }

    /// <summary>Feature for feature, input after input.</summary>
    public required IReadOnlyList<FeatureBaseline> Features { get; init; }

    /// <summary>The same of the version's own answers to the reference rows.</summary>
    public required IReadOnlyList<FeatureBaseline> PredictionFeatures { get; init; }

    /// <summary>How good it is on the reference, else as its author measured it; null where neither is known.</summary>
    public BaselinePerformance? Performance { get; init; }

    /// <summary>What its scores are worth as probabilities.</summary>
    public required ScoreCalibration Calibration { get; init; }

    /// <summary>The groups whose treatment is compared, of features that are watched; null where there are none.</summary>
    public FairnessPlan? Fairness => field ??= FairnessPlan.Of(
        Description.Metadata.Fairness, name => FeatureOf(name) is not null, name => FeatureOf(name)?.Categories);

    /// <summary>Whether the registry has since run the reference, or has another one.</summary>
    public bool IsOutdatedBy(ModelVersionDescription description) =>
        description.Reference?.RowsDigest != Description.Reference?.RowsDigest
        || description.Reference?.PredictionsDigest != Description.Reference?.PredictionsDigest;

    private Feature? FeatureOf(string name) => Features.FirstOrDefault(feature => feature.Feature.Name == name)?.Feature;
}
