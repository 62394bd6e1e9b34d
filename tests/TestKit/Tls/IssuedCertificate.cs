using System.Security.Cryptography.X509Certificates;

namespace Platform.TestKit.Tls;

/// <summary>A certificate with its key, in PEM files.</summary>
/// <param name="Certificate">The certificate with its key.</param>
/// <param name="CertificateFile">Its file.</param>
/// <param name="KeyFile">The key's file.</param>
public sealed record IssuedCertificate(X509Certificate2 Certificate, string CertificateFile, string KeyFile)
{
    /// <summary>The settings with which a process answers by it.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Settings => [new("Tls:Certificate", CertificateFile), new("Tls:Key", KeyFile)];

    internal static IssuedCertificate Write(string folder, X509Certificate2 certificate)
    {
        var issued = new IssuedCertificate(certificate, Path.Combine(folder, "certificate.pem"), Path.Combine(folder, "key.pem"));
        File.WriteAllText(issued.CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(issued.KeyFile, certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        return issued;
    }
}
