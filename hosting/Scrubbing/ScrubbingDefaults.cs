using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Platform.Hosting.Scrubbing;

/// <summary>Files that a process has at rest.</summary>
/// <param name="Name">What they are called in metrics and logs.</param>
/// <param name="Find">Answers null where they lie elsewhere, in a database.</param>
internal sealed record ScrubbedFiles(string Name, Func<IServiceProvider, IScrubbed?> Find);

/// <summary>Has files read through in the background.</summary>
internal static class ScrubbingDefaults
{
    public static IServiceCollection AddScrubbing(this IServiceCollection services, string name, Func<IServiceProvider, IScrubbed?> find)
    {
        services.AddSingleton(new ScrubbedFiles(name, find));
        if (services.Any(service => service.ServiceType == typeof(Scrubber))) return services;
        services.AddOptions<ScrubOptions>().BindConfiguration("Scrub").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ScrubMetrics>();
        services.AddSingleton<Scrubber>();
        services.AddHostedService(provider => provider.GetRequiredService<Scrubber>());
        return services;
    }
}
