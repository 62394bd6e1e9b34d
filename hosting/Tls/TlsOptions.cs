using System.ComponentModel.DataAnnotations;
using System.Security.Authentication;

namespace Platform.Hosting.Tls;

/// <summary>
/// TLS between clients, the edge and the services; section <c>Tls</c>. Files are in PEM form and are read again when their content changes,
/// without dropping a connection.
/// </summary>
internal sealed class TlsOptions : IValidatableObject
{
    public const string Section = "Tls";

    /// <summary>
    /// File of this process's certificate, followed by those between it and its authority. With it the process speaks HTTPS (HTTP/1.1 and
    /// HTTP/2) at every address, whatever scheme that was given with, and HTTP at none. It also shows it to services that ask callers for one.
    /// </summary>
    public string? Certificate { get; init; }

    /// <summary>File of the certificate's private key, without passphrase.</summary>
    public string? Key { get; init; }

    /// <summary>The oldest version that is spoken, as server and as client: <c>1.2</c> or <c>1.3</c>.</summary>
    [RegularExpression("1\\.[23]", ErrorMessage = "Tls:MinimumVersion is 1.2 or 1.3.")]
    public string MinimumVersion { get; init; } = "1.2";

    /// <summary>
    /// File of the root certificates that other processes of the platform must have theirs from, when this one calls them by https; those
    /// that the system trusts when absent. This process's own certificate is accepted, too: it may call itself, and replicas may share it.
    /// </summary>
    public string? Authority { get; init; }

    /// <summary>
    /// File of the root certificates that callers must have a certificate of their own from (mutual TLS). For services that only the
    /// gateway and other services call, not for the gateway. The management port does not ask for one.
    /// </summary>
    public string? ClientAuthority { get; init; }

    /// <summary>How often the files are looked at; a change holds from the second look on.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan LookInterval { get; init; } = TimeSpan.FromSeconds(5);

    public bool IsOn => !string.IsNullOrEmpty(Certificate);

    public SslProtocols Protocols => MinimumVersion == "1.3" ? SslProtocols.Tls13 : SslProtocols.Tls12 | SslProtocols.Tls13;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PemSettings.PairProblem(Section, Certificate, Key) is { } pair) yield return new ValidationResult(pair, [nameof(Certificate)]);
        if (PemSettings.AuthorityProblem($"{Section}:{nameof(Authority)}", Authority) is { } authority) yield return new ValidationResult(authority, [nameof(Authority)]);
        if (PemSettings.AuthorityProblem($"{Section}:{nameof(ClientAuthority)}", ClientAuthority) is { } clients)
            yield return new ValidationResult(clients, [nameof(ClientAuthority)]);
        if (!IsOn && !string.IsNullOrEmpty(ClientAuthority))
            yield return new ValidationResult("Tls:ClientAuthority asks callers for a certificate, which takes Tls:Certificate and Tls:Key.", [nameof(ClientAuthority)]);
    }
}
