using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.Hosting.Defaults;
using Platform.Hosting.Documents;
using Platform.Hosting.Documents.Files;
using Platform.Hosting.Documents.MongoDb;
using Platform.Hosting.Documents.Postgres;
using Platform.Hosting.Documents.Sqlite;
using Platform.Hosting.Management;
using Platform.Hosting.OpenApi;
using Platform.Hosting.Outbox;
using Platform.Hosting.Scrubbing;
using Platform.Hosting.Storage;

namespace Platform.Hosting.Defaults;

/// <summary>Gives a service its document store.</summary>
public static class DocumentsDefaults
{
    /// <summary>
    /// Registers <c>[FromKeyedServices(service)] IDocumentStore</c>, kept in the folder of that name in the data folder, in files or by SQLite, or in a
    /// database of PostgreSQL or MongoDB, as <see cref="StorageOptions"/> say, and the dispatcher that publishes its outbox. Harmless when
    /// repeated.
    /// </summary>
    public static IServiceCollection AddPlatformDocuments(this IServiceCollection services, string service)
    {
        if (services.Any(descriptor => descriptor.ServiceType == typeof(IDocumentStore) && Equals(descriptor.ServiceKey, service)))
            return services;
        StorageOptions.Register(services);
        services.TryAddSingleton(TimeProvider.System);
        services.AddKeyedSingleton(service, (provider, _) => Open(provider, service));
        services.AddReadinessCheck($"{service} documents", provider => WaitingFor(provider, service));
        services.AddDegradationCheck($"{service} files", provider =>
            (provider.GetRequiredKeyedService<IDocumentStore>(service) as ILocalDocuments)?.Degradation);
        services.AddScrubbing(service, provider => provider.GetRequiredKeyedService<IDocumentStore>(service) as ILocalDocuments);
        return services.AddOutboxDispatcher(service);
    }

    private static IDocumentStore Open(IServiceProvider provider, string service)
    {
        var options = provider.GetRequiredService<IOptions<StorageOptions>>().Value;
        var (time, logs) = (provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>());
        if (options.Documents is not null) DocumentsLog.FormerSetting(logs.CreateLogger<StorageOptions>());
        if (options.UsesPostgres) return new PostgresDocumentStore(options.Postgres, service, time, logs.CreateLogger<PostgresDocumentStore>());
        if (options.UsesMongoDb) return new MongoDocumentStore(options.MongoDb, service, time, logs.CreateLogger<MongoDocumentStore>());
        var path = options.PathOf(service);
        if (options.UsesSqlite) return SqliteDocumentStore.Open(path, new DurableFiles(), time, logs.CreateLogger<SqliteDocumentStore>());
        if (File.Exists(Path.Combine(path, SqliteFolder.Name))) throw new IOException(
            $"The documents in '{path}' are kept in SQLite; set Storage:Provider to 'sqlite', or use another data folder.");
        return FileDocumentStore.Open(path, new FileStoreSettings(), new DurableFiles(), time, logs.CreateLogger<FileDocumentStore>());
    }

    private static string? WaitingFor(IServiceProvider provider, string service) =>
        provider.GetRequiredKeyedService<IDocumentStore>(service) switch
        {
            PostgresDocumentStore { IsConnected: false, Refusal: { } refusal } => $"PostgreSQL, which shows no certificate {refusal}",
            PostgresDocumentStore { IsConnected: false } => "PostgreSQL",
            MongoDocumentStore { Trouble: { } trouble } => trouble,
            ILocalDocuments { HasFailed: true } => "a restart: the disk failed, and nothing can be committed",
            ILocalDocuments { Failure: { } failure } => $"the disk, which refuses documents: {failure.Message}",
            _ => null,
        };
}
