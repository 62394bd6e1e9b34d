using Platform.Bench.Load;
using Platform.Bench.References;
using Platform.Bench.Serving;

namespace Platform.Bench.Gateway;

/// <summary>One round over so many connections: the three ways in turns.</summary>
internal sealed record HopMeasurement(WayMeasurement Straight, WayMeasurement Through, WayMeasurement Bare)
{
    public static async Task<HopMeasurement> TakeAsync(WireRequest request, Deployment platform, (ChildProcess Process, int Port) gateway,
        (ChildProcess Process, int Port) bare, int connections, TimeSpan duration)
    {
        using var straight = new SaturatedServer(platform.Inference, platform.InferencePort, request, connections);
        using var through = new SaturatedServer(platform.Inference, gateway.Port, request, connections, gateway.Process);
        using var reference = new SaturatedServer(platform.Inference, bare.Port, request, connections, bare.Process);
        await ISaturated.CompareAsync(duration, straight, through, reference);
        return new HopMeasurement(Of(straight), Of(through), Of(reference));
    }

    private static WayMeasurement Of(SaturatedServer way) => new(way.Load, way.ProxyCpuMicros, way.CpuMicros);
}
