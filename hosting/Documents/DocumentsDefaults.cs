using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.Hosting.Documents.Files;
using Platform.Hosting.Outbox;
using Platform.Hosting.Storage;

namespace Platform.Hosting.Documents;

/// <summary>Gives a service its document store.</summary>
public static class DocumentsDefaults
{
    /// <summary>
    /// Registers <c>[FromKeyedServices(service)] IDocumentStore</c>, kept in the folder of that name in the data folder, and
    /// the dispatcher that publishes its outbox. Harmless when repeated.
    /// </summary>
    public static IServiceCollection AddPlatformDocuments(this IServiceCollection services, string service)
    {
        if (services.Any(descriptor => descriptor.ServiceType == typeof(IDocumentStore) && Equals(descriptor.ServiceKey, service)))
            return services;
        StorageOptions.Register(services);
        services.TryAddSingleton(TimeProvider.System);
        services.AddKeyedSingleton<IDocumentStore>(service, (provider, _) => OpenFiles(provider, service));
        return services.AddOutboxDispatcher(service);
    }

    private static FileDocumentStore OpenFiles(IServiceProvider provider, string service) =>
        FileDocumentStore.Open(
            provider.GetRequiredService<IOptions<StorageOptions>>().Value.PathOf(service),
            new FileStoreSettings(),
            new DurableFiles(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<FileDocumentStore>>());
}
