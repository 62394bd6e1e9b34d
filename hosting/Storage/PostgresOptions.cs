using System.ComponentModel.DataAnnotations;
using Npgsql;
using Platform.Hosting.OpenApi;
using Platform.Hosting.Tls;

namespace Platform.Hosting.Storage;

/// <summary>Documents in PostgreSQL; section <c>Storage:Postgres</c>. Read when <c>Storage:Provider</c> is <c>postgres</c>.</summary>
public sealed class PostgresOptions : IValidatableObject
{
    /// <summary>
    /// An Npgsql connection string. Its database is where a service's own one is created from when it is missing; <c>postgres</c>
    /// when it names none. For TLS: <c>SSL Mode=VerifyFull;Root Certificate=ca.pem</c>.
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
            var parsed = new NpgsqlConnectionStringBuilder(ConnectionString);
            return string.IsNullOrEmpty(parsed.Host) ? "names no host." : TlsProblem(parsed);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            // What Npgsql says of it may be a part of the password: where that holds a semicolon, the rest is taken for a keyword.
            return "cannot be read: it takes Npgsql's keywords, as keyword=value parted by semicolons; a value that holds one stands in quotes.";
        }
    }

    // Npgsql takes any certificate of any server where it is told to encrypt and no more.
    private static string? TlsProblem(NpgsqlConnectionStringBuilder parsed) => parsed switch
    {
        { SslMode: SslMode.Require } =>
            "says SSL Mode=Require, which encrypts without asking who answers; say VerifyFull, and Root Certificate where the system does not trust the server's authority.",
        { RootCertificate: not null, SslMode: not (SslMode.VerifyFull or SslMode.VerifyCA) } => "names a Root Certificate, which takes SSL Mode=VerifyFull.",
        _ => PemSettings.AuthorityProblem("cannot be used: Root Certificate", parsed.RootCertificate),
    };
}
