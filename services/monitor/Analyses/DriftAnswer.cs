using Platform.Monitor.Drift;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Analyses;

/// <summary>Which features have drifted.</summary>
/// <param name="Features">In the order of the request.</param>
/// <param name="DriftedShare">Share that have drifted of the features that can be judged; null without one.</param>
/// <param name="Drifted">Whether that share reaches the request's; null without it.</param>
/// <param name="Correction">How testing several features at once was allowed for.</param>
internal sealed record DriftAnswer(IReadOnlyList<FeatureDrift> Features, double? DriftedShare, bool? Drifted, MultipleTesting Correction);
