namespace Platform.Hosting.Telemetry;

/// <summary>Instruments that are tagged with a model and its version.</summary>
public static class VersionSeries
{
    /// <summary>How many versions a process may meet in its life before their series lose their names.</summary>
    public const int Versions = 10_000;

    /// <summary>Makes room in these instruments for <paramref name="perVersion"/> series of each of <see cref="Versions"/> versions.</summary>
    public static IServiceCollection AddVersionSeries(this IServiceCollection services, int perVersion, params ReadOnlySpan<string> instruments)
    {
        foreach (var instrument in instruments) services.AddSingleton(new SeriesLimit(instrument, perVersion * Versions));
        return services;
    }
}

/// <summary>How many sets of tags an instrument may have in the life of a process.</summary>
internal sealed record SeriesLimit(string Instrument, int Series);
