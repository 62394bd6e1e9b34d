using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.Hosting.Storage;

namespace Platform.Hosting;

/// <summary>Where a process keeps its data; section <c>Storage</c>.</summary>
public sealed class StorageOptions : IValidatableObject
{
    private const string Providers = "(?i)files|sqlite|postgres|mongodb";
    private const string KeptIn = "Documents are kept in 'files', in 'sqlite', in 'postgres' or in 'mongodb'.";

    /// <summary>The data directory; made if it is missing. A relative path starts at the working directory.</summary>
    [Required]
    public string Directory { get; set; } = "data";

    /// <summary>
    /// Whether replicas on one machine share the directory: each takes a folder of its own in it, <c>replica-1</c>, <c>replica-2</c> …,
    /// the first that no other has.
    /// </summary>
    public bool PerReplica { get; set; }

    /// <summary>Where documents and events are kept: <c>files</c> or <c>sqlite</c> in the data directory, <c>postgres</c> or <c>mongodb</c>.</summary>
    [RegularExpression(Providers, ErrorMessage = KeptIn)]
    public string Provider { get; set; } = "files";

    /// <summary>What <see cref="Provider"/> was called; read for one more release, with a warning.</summary>
    [RegularExpression(Providers, ErrorMessage = KeptIn)]
    public string? Documents { get; set; }

    /// <summary>The server, where documents are kept in <c>postgres</c>.</summary>
    public PostgresOptions Postgres { get; set; } = new();

    /// <summary>The servers, where documents are kept in <c>mongodb</c>.</summary>
    public MongoDbOptions MongoDb { get; set; } = new();

    internal bool UsesSqlite => Uses("sqlite");

    internal bool UsesPostgres => Uses("postgres");

    internal bool UsesMongoDb => Uses("mongodb");

    /// <summary>The full path of something inside the data directory.</summary>
    public string PathOf(params ReadOnlySpan<string> parts) => Path.GetFullPath(Path.Combine([Directory, .. parts]));

    /// <summary>Refuses a directory that cannot be written to, before anything depends on it, and a server that is not named.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var results = new List<ValidationResult>();
        if (UsesPostgres) Validator.TryValidateObject(Postgres, new ValidationContext(Postgres), results, validateAllProperties: true);
        if (UsesMongoDb) Validator.TryValidateObject(MongoDb, new ValidationContext(MongoDb), results, validateAllProperties: true);
        foreach (var result in results) yield return result;
        if (Refusal() is { } reason)
            yield return new ValidationResult($"The data directory '{Directory}' cannot be used: {reason}", [nameof(Directory)]);
    }

    internal static void Register(IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<StorageOptions>, ReplicaFolder>());
        services.AddOptions<StorageOptions>().BindConfiguration("Storage").ValidateDataAnnotations().ValidateOnStart();
    }

    private bool Uses(string provider) => string.Equals(Documents ?? Provider, provider, StringComparison.OrdinalIgnoreCase);

    private string? Refusal()
    {
        try
        {
            PrivateFiles.Claim(PathOf());
            using var probe = File.Create(PathOf( $".probe-{Guid.NewGuid():n}"), 1, FileOptions.DeleteOnClose);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return exception.Message;
        }
    }
}
