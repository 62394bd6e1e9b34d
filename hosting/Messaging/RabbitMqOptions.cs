using System.ComponentModel.DataAnnotations;
using Platform.Hosting.Tls;

namespace Platform.Hosting.Messaging;

/// <summary>The RabbitMQ broker; section <c>Messaging:RabbitMq</c>.</summary>
public sealed class RabbitMqOptions : IValidatableObject
{
    /// <summary>Host name or address.</summary>
    [Required]
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>AMQP port.</summary>
    [Range(1, 65535)]
    public ushort Port { get; set; } = 5672;

    /// <summary>Virtual host.</summary>
    [Required]
    public string VirtualHost { get; set; } = "/";

    /// <summary>User name.</summary>
    [Required]
    public string User { get; set; } = "guest";

    /// <summary>Password.</summary>
    [Required]
    public string Password { get; set; } = "guest";

    /// <summary>Whether the connection is encrypted (TLS 1.2 or 1.3), to a broker with a certificate for <see cref="Host"/>; its port is usually 5671.</summary>
    public bool Tls { get; set; }

    /// <summary>PEM file of the root certificates that the broker must have its certificate from; those that the system trusts when absent.</summary>
    public string? Authority { get; set; }

    /// <summary>PEM file of a certificate to show to a broker that asks for one, followed by those between it and its authority.</summary>
    public string? Certificate { get; set; }

    /// <summary>PEM file of that certificate's private key, without passphrase.</summary>
    public string? Key { get; set; }

    /// <summary>Messages that a queue hands to a process ahead of what it has finished, unless the consumer says how many it runs.</summary>
    [Range(1, 1000)]
    public int Prefetch { get; set; } = 16;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        const string Section = "Messaging:RabbitMq";
        if (!Tls && !string.IsNullOrEmpty(Authority + Certificate + Key))
            yield return new ValidationResult($"{Section} names certificates, but {Section}:Tls is not set: the connection would not be encrypted.", [nameof(Tls)]);
        if (PemSettings.AuthorityProblem($"{Section}:{nameof(Authority)}", Authority) is { } authority) yield return new ValidationResult(authority, [nameof(Authority)]);
        if (PemSettings.PairProblem(Section, Certificate, Key) is { } pair) yield return new ValidationResult(pair, [nameof(Certificate)]);
    }
}
