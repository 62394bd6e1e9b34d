using Platform.Bench.Load;

namespace Platform.Bench.Gateway;

/// <summary>What one way to inference has shown.</summary>
/// <param name="Load">What the load saw.</param>
/// <param name="ProxyCpuMicros">Processor time of the proxy on that way, a request; 0 where there is none.</param>
/// <param name="InferenceCpuMicros">Processor time of inference, a request.</param>
internal sealed record WayMeasurement(LoadResult Load, double ProxyCpuMicros, double InferenceCpuMicros);
