using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.Hosting.Storage;

namespace Platform.Hosting.Artifacts;

/// <summary>Gives a process its artifact store.</summary>
public static class ArtifactsDefaults
{
    /// <summary>Registers <see cref="IArtifactStore"/> over <c>artifacts/</c> in the data folder. Harmless when repeated.</summary>
    public static IServiceCollection AddPlatformArtifacts(this IServiceCollection services)
    {
        StorageOptions.Register(services);
        services.TryAddSingleton<IArtifactStore>(provider => new FileArtifactStore(
            provider.GetRequiredService<IOptions<StorageOptions>>().Value.PathOf("artifacts"), new DurableFiles()));
        return services;
    }
}
