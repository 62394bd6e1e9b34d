using System.Diagnostics.Metrics;

namespace Platform.Hosting.Artifacts;

/// <summary>What the artifact store tells <c>/metrics</c>.</summary>
internal sealed class ArtifactMetrics : IDisposable
{
    private readonly Meter _meter = new("Platform.Artifacts");
    private readonly FileArtifactStore _store;

    public ArtifactMetrics(FileArtifactStore store)
    {
        _store = store;
        _meter.CreateObservableGauge("platform.artifacts.damaged", () => Damaged.Count, "{file}",
            "Model files and datasets that were found damaged and not stored again yet");
    }

    /// <summary>Digests of what is damaged.</summary>
    public IReadOnlyList<string> Damaged => _store.Damaged;

    public void Dispose() => _meter.Dispose();
}
