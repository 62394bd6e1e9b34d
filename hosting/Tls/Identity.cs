using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Platform.Hosting.Tls;

/// <summary>A certificate with its private key, and what must be shown with it.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Chain">The same with the certificates between it and its authority; made once, for what TLS keeps of sessions hangs on it.</param>
internal sealed record Identity(X509Certificate2 Certificate, SslStreamCertificateContext Chain)
{
    public DateTimeOffset NotAfter => Certificate.NotAfter;

    /// <summary>From a file of the certificate and those between, the certificate itself first, and one of the key.</summary>
    public static Identity Read(IReadOnlyList<PemFile> files, DateTimeOffset now)
    {
        var (chain, key) = (files[0], files[1]);
        var certificates = chain.Certificates();
        var own = key.WithKey(chain);
        if (own.NotAfter < now) throw new InvalidDataException($"The certificate in '{chain.Path}' has expired at {own.NotAfter.ToUniversalTime():u}.");
        if (own.NotBefore > now) throw new InvalidDataException($"The certificate in '{chain.Path}' is not valid before {own.NotBefore.ToUniversalTime():u}.");
        certificates.RemoveAt(0);
        return new Identity(own, SslStreamCertificateContext.Create(own, certificates, offline: true));
    }

    public bool Is(X509Certificate2 other) => Certificate.RawDataMemory.Span.SequenceEqual(other.RawDataMemory.Span);
}
