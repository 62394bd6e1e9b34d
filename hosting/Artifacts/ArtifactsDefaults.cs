using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.Hosting.Management;
using Platform.Hosting.Scrubbing;
using Platform.Hosting.Storage;

namespace Platform.Hosting.Artifacts;

/// <summary>Gives a process its artifact store.</summary>
public static class ArtifactsDefaults
{
    /// <summary>Registers <see cref="IArtifactStore"/> over <c>artifacts/</c> in the data folder. Harmless when repeated.</summary>
    public static IServiceCollection AddPlatformArtifacts(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(FileArtifactStore))) return services;
        StorageOptions.Register(services);
        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddSingleton(Open);
        services.TryAddSingleton<IArtifactStore>(provider => provider.GetRequiredService<FileArtifactStore>());
        services.AddSingleton<ArtifactMetrics>();
        services.AddDegradationCheck("artifacts", Damage);
        services.AddScrubbing("artifacts", provider => provider.GetRequiredService<FileArtifactStore>());
        return services;
    }

    private static FileArtifactStore Open(IServiceProvider provider) => new(
        provider.GetRequiredService<IOptions<StorageOptions>>().Value.PathOf("artifacts"), new DurableFiles(),
        provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<FileArtifactStore>>());

    private static string? Damage(IServiceProvider provider) =>
        provider.GetRequiredService<ArtifactMetrics>().Damaged is not [var first, ..] damaged ? null
            : $"{damaged.Count} of its files are damaged, the first {first}; storing the same file again mends it";
}
