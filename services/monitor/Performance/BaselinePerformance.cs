using Platform.Contracts.Registry;
using Platform.Hosting.Values;
using Platform.Statistics.Performance;

namespace Platform.Monitor.Performance;

/// <summary>How good a version is where it is known to be good.</summary>
/// <param name="Source">reference, or metadata where the author's own figure is all there is.</param>
/// <param name="Metrics">Measures by name.</param>
/// <param name="Losses">The same as losses, for the test of degradation.</param>
internal sealed record BaselinePerformance(string Source, IReadOnlyDictionary<string, double> Metrics, Losses Losses)
{
    private const int FewestRows = 20;

    /// <summary>From the reference if enough of its rows have labels and answers, else from the metadata, else null.</summary>
    public static BaselinePerformance? Of(LabelScheme labels, Outcomes reference, VersionMetadata metadata)
    {
        var losses = Losses.Of(labels, reference);
        if (losses.Count >= FewestRows && TaskMetrics.Measure(labels, reference) is { } measured)
            return new("reference", measured.Values, losses);

        return metadata.Metrics is { } stated && KnownLoss(labels, stated) is { } loss
            ? new("metadata", stated, Losses.Known(loss))
            : null;
    }

    private static double? KnownLoss(LabelScheme labels, IReadOnlyDictionary<string, double> metrics) => labels.Task switch
    {
        ModelTask.Binary or ModelTask.Multiclass when metrics.TryGetValue("accuracy", out var accuracy) => 1 - accuracy,
        ModelTask.Regression when metrics.TryGetValue("mae", out var error) => error,
        _ => null,
    };
}
