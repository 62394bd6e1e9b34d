using Platform.Statistics.Samples;

namespace Platform.Monitor.Drift;

/// <summary>A feature's name and its two samples.</summary>
/// <param name="Name">Unique in a report.</param>
/// <param name="Samples">The reference and the current sample.</param>
internal readonly record struct NamedPair(string Name, FeaturePair Samples);
