using System.ComponentModel.DataAnnotations;
using MongoDB.Driver;
using MongoDB.Driver.Core.Configuration;
using Platform.Hosting.OpenApi;

namespace Platform.Hosting.Storage;

/// <summary>
/// Documents in MongoDB 4.4 or later, a replica set or a sharded cluster; section <c>Storage:MongoDb</c>. Read when
/// <c>Storage:Provider</c> is <c>mongodb</c>.
/// </summary>
public sealed class MongoDbOptions : IValidatableObject
{
    /// <summary>
    /// A connection string, <c>mongodb://…</c> or <c>mongodb+srv://…</c>. What it says of read and write concerns and of retried
    /// writes does not count: documents are read and written by the majority, and commits are retried under an id.
    /// </summary>
    [Required]
    public string ConnectionString { get; set; } = "";

    /// <summary>A service's database is named by this and the service, for example <c>platform_registry</c>.</summary>
    [RegularExpression("[a-z_][a-z0-9_]{0,39}")]
    public string DatabasePrefix { get; set; } = "platform_";

    /// <summary>How long an operation waits for a server that is away before it fails.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Refusal() is { } reason)
            yield return new ValidationResult($"The connection string {reason}", [nameof(ConnectionString)]);
    }

    private string? Refusal()
    {
        try
        {
            // The driver takes an option that it does not know without a word.
            var parsed = new ConnectionString(ConnectionString);
            if (parsed.TlsInsecure is true) return "says tlsInsecure=true, which would take any server for the database.";
            return parsed.AllUnknownOptionNames.Any() ? "has an option that the driver does not know." : null;
        }
        catch (Exception exception) when (exception is MongoConfigurationException or ArgumentException or FormatException)
        {
            // The driver quotes the whole of it, password and all.
            return "cannot be read: it is mongodb://user:password@host:port/?options, and what is no letter or digit in a password stands as %XX.";
        }
    }
}
