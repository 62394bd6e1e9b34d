namespace Platform.SampleDriver.Traffic;

internal static class TrafficDefaults
{
    public static void AddTraffic(this IServiceCollection services)
    {
        services.AddOptions<TrafficOptions>().BindConfiguration(TrafficOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddTransient<Replay>();
    }
}
