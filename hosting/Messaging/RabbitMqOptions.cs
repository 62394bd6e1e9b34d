using System.ComponentModel.DataAnnotations;

namespace Platform.Hosting.Messaging;

/// <summary>The RabbitMQ broker; section <c>Messaging:RabbitMq</c>.</summary>
public sealed class RabbitMqOptions
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

    /// <summary>Whether the connection is encrypted (TLS), with a certificate for <see cref="Host"/>.</summary>
    public bool Tls { get; set; }

    /// <summary>Messages that a queue hands to a process ahead of what it has finished, unless the consumer says how many it runs.</summary>
    [Range(1, 1000)]
    public int Prefetch { get; set; } = 16;
}
