namespace Platform.SampleDriver.Seeding;

internal static class SeedingDefaults
{
    public static void AddSeeding(this IServiceCollection services)
    {
        services.AddOptions<SeedingOptions>().BindConfiguration(SeedingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddTransient<Seeder>();
    }
}
