namespace Platform.Hosting.Telemetry;

/// <summary>Instruments of the framework that a process has no use for: what they would count costs it nothing.</summary>
public static class UncountedInstruments
{
    /// <summary>Leaves these out of <c>/metrics</c>.</summary>
    public static IServiceCollection AddUncounted(this IServiceCollection services, params ReadOnlySpan<string> instruments)
    {
        foreach (var instrument in instruments) services.AddSingleton(new UncountedInstrument(instrument));
        return services;
    }
}

/// <summary>The name of one.</summary>
internal sealed record UncountedInstrument(string Name);
