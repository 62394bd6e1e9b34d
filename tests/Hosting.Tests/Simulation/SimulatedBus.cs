using System.Reflection;
using MassTransit;

namespace Platform.Hosting.Tests.Simulation;

/// <summary>A bus that takes what is published into a list, refuses it, or does not say whether it has; with pauses in between.</summary>
#pragma warning disable CA1852 // DispatchProxy derives from it
internal class SimulatedBus : DispatchProxy
#pragma warning restore CA1852
{
    private static readonly TimeSpan Way = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private World _world = null!;
    private Action<object> _take = null!;

    /// <summary>The share of publications that do not end well.</summary>
    public double Faults { get; set; }

    public static (IBusControl Bus, SimulatedBus Control) Create(World world, Action<object> take)
    {
        var bus = Create<IBusControl, SimulatedBus>();
        var control = (SimulatedBus)(object)bus;
        (control._world, control._take) = (world, take);
        return (bus, control);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        nameof(IBusControl.CheckHealth) => BusHealthResult.Healthy("simulated", new Dictionary<string, EndpointHealthResult>()),
        nameof(IBus.Publish) => PublishAsync(args![0]!, (CancellationToken)args[^1]!),
        _ => throw new NotSupportedException($"The simulated bus has no {targetMethod.Name}."),
    };

    private async Task PublishAsync(object message, CancellationToken cancellationToken)
    {
        await _world.PauseAsync(Way, cancellationToken);
        var isFine = _world.Random.NextDouble() >= Faults;
        var arrives = isFine || _world.Random.Next(2) == 0;
        if (arrives) _take(message);
        if (isFine) return;
        if (_world.Random.Next(2) == 0) await _world.PauseAsync(Silence, cancellationToken); // it may be given up meanwhile
        throw new InvalidOperationException("The bus says that it has not taken the event.");
    }
}
