using Platform.Hosting.Artifacts;
using Platform.Registry.Policies;

namespace Platform.Registry.Gates;

/// <summary>What trying a version out has shown.</summary>
/// <param name="Records">What each gate measured.</param>
/// <param name="Predictions">
/// The version's answers to its reference rows, JSON lines of <see cref="Platform.Contracts.Registry.ReferencePrediction"/>; null when
/// it has no rows or did not answer them all. Not kept yet.
/// </param>
internal sealed record Measurement(IReadOnlyList<GateRecord> Records, IStagedArtifact? Predictions) : IDisposable
{
    /// <summary>How long single rows took; null where none was timed.</summary>
    public TrialLatency? Latency { get; init; }

    public void Dispose() => Predictions?.Dispose();
}
