using Platform.Monitor.Statistics;

namespace Platform.Monitor.Drift;

/// <summary>A feature's name and its two samples.</summary>
internal readonly record struct NamedPair(string Name, FeaturePair Samples);
