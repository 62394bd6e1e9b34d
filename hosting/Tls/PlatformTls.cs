using System.Net.Security;
using Microsoft.Extensions.Options;

namespace Platform.Hosting.Tls;

/// <summary>This process's side of connections with other processes of the platform, and with its clients.</summary>
internal sealed class PlatformTls
{
    private readonly TlsOptions _options;
    private readonly ReloadedIdentity? _own;
    private readonly PeerCertificates _services;
    private readonly PeerCertificates? _callers;

    public PlatformTls(IOptions<TlsOptions> options, ReloadedFiles files, ILogger<PlatformTls> logger)
    {
        _options = options.Value;
        _own = files.OpenIdentity("server", _options.Certificate, _options.Key);
        _services = new PeerCertificates(
            "A service", PeerCertificates.ServerPurpose, files.OpenAuthorities("services", _options.Authority), _own, logger);
        if (files.OpenAuthorities("callers", _options.ClientAuthority) is { } authorities)
            _callers = new PeerCertificates("A caller", PeerCertificates.ClientPurpose, authorities, _own, logger);
    }

    public bool IsOn => _own is not null;

    /// <summary>How to answer a connection that comes now; the protocol, HTTP/1.1 or HTTP/2, is for who listens to say.</summary>
    public SslServerAuthenticationOptions AsServer(bool askCallers)
    {
        var server = new SslServerAuthenticationOptions { ServerCertificateContext = _own!.Current.Chain, EnabledSslProtocols = _options.Protocols };
        if (!askCallers || _callers is null) return server;
        server.ClientCertificateRequired = true;
        server.RemoteCertificateValidationCallback = _callers.Accept;
        return server;
    }

    /// <summary>Has calls by https believe other processes of the platform alone.</summary>
    public void Configure(SocketsHttpHandler handler)
    {
        handler.SslOptions.EnabledSslProtocols = _options.Protocols;
        handler.SslOptions.RemoteCertificateValidationCallback = _services.Accept;
        if (_own is not null) handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => _own.Current.Certificate;
    }
}
