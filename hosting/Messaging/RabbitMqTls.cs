using System.Security.Authentication;
using MassTransit;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.Hosting.Tls;
using RabbitMQ.Client;

namespace Platform.Hosting.Messaging;

/// <summary>How connections to the broker are encrypted, and which broker they believe.</summary>
internal sealed class RabbitMqTls
{
    private const SslProtocols Versions = SslProtocols.Tls12 | SslProtocols.Tls13;

    private readonly RabbitMqOptions _options;
    private readonly ReloadedIdentity? _own;
    private readonly PeerCertificates? _broker;

    public RabbitMqTls(IOptions<MessagingOptions> options, ReloadedFiles files, ILogger<RabbitMqTls> logger)
    {
        _options = options.Value.RabbitMq;
        if (!options.Value.UsesRabbitMq || !_options.Tls) return;
        _own = files.OpenIdentity("rabbitmq", _options.Certificate, _options.Key);
        _broker = new PeerCertificates(
            "RabbitMQ", PeerCertificates.ServerPurpose, files.OpenAuthorities("rabbitmq", _options.Authority), own: null, logger);
    }

    /// <summary>Why the broker was not believed, in a sentence; null when it was.</summary>
    public string? Refusal => _broker?.Refusal;

    public static void Register(IServiceCollection services)
    {
        services.AddPlatformTls();
        services.TryAddSingleton<RabbitMqTls>();
    }

    /// <summary>Of the bus. MassTransit by itself takes a certificate of any authority (8.5.12), so who is believed is said here.</summary>
    public void Configure(IRabbitMqHostConfigurator host)
    {
        if (_broker is null) return;
        host.UseSsl(tls =>
        {
            tls.ServerName = _options.Host;
            tls.Protocol = Versions;
            tls.CertificateValidationCallback = _broker.Accept;
            if (_own is not null) tls.CertificateSelectionCallback = (_, _, _, _, _) => _own.Current.Certificate;
        });
    }

    /// <summary>Of a connection beside the bus.</summary>
    public SslOption Option() => _broker is null ? new SslOption() : new SslOption(_options.Host, enabled: true)
    {
        Version = Versions,
        CertificateValidationCallback = _broker.Accept,
        CertificateSelectionCallback = _own is null ? null : (_, _, _, _, _) => _own.Current.Certificate,
    };
}
