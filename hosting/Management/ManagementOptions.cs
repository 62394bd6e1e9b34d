using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Platform.Hosting.Management;

/// <summary>A port of its own for those who operate the platform; section <c>Management</c>.</summary>
internal sealed class ManagementOptions : IValidatableObject
{
    public const string Section = "Management";

    /// <summary>
    /// The port. With it <c>/health/*</c> and <c>/metrics</c> are answered there and not at the process's other addresses, and nothing else is
    /// answered there. Without it they are answered everywhere.
    /// </summary>
    [Range(1, 65535)]
    public int? Port { get; init; }

    /// <summary>The IP address on which it listens; <c>*</c> for every one.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Whether it speaks HTTPS, with the certificate of <c>Tls:Certificate</c>; HTTP otherwise, whatever the other addresses speak.</summary>
    public bool Tls { get; init; }

    /// <summary>Where it listens.</summary>
    public string Url() => UrlAt(Address);

    /// <summary>Where it is reached from this machine.</summary>
    public Uri LocalAddress() => new(UrlAt(Address switch { "*" or "0.0.0.0" => "127.0.0.1", "::" => "::1", _ => Address }));

    private string UrlAt(string address) =>
        $"{(Tls ? Uri.UriSchemeHttps : Uri.UriSchemeHttp)}://{(address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address)}:{Port}";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Address != "*" && !IPAddress.TryParse(Address, out _)) yield return new ValidationResult($"{Section}:Address: '{Address}' is no IP address.", [nameof(Address)]);
    }
}
