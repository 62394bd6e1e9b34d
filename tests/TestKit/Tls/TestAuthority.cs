using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Platform.TestKit.Tls;

/// <summary>A certificate authority of a test's own, with what it issues in PEM files.</summary>
public sealed class TestAuthority : IDisposable
{
    private static readonly OidCollection Purposes = [new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")];

    private readonly TemporaryFolder _folder = new();
    private readonly X509Certificate2 _root;

    public TestAuthority(string name = "Test authority")
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        _root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(30));
        RootFile = _folder.File("authority.pem");
        System.IO.File.WriteAllText(RootFile, _root.ExportCertificatePem());
    }

    /// <summary>The root certificate.</summary>
    public string RootFile { get; }

    /// <summary>
    /// A certificate for these names or addresses, for servers and clients alike. Keys are RSA ones, which every server understands.
    /// </summary>
    /// <param name="names">DNS names and IP addresses.</param>
    /// <param name="ends">When it ends; in ten days when absent.</param>
    public IssuedCertificate Issue(IEnumerable<string> names, DateTimeOffset? ends = null)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={names.First()}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(AlternativeNames(names));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(Purposes, false));
        using var certificate = request.Create(_root, DateTimeOffset.UtcNow.AddDays(-1), ends ?? DateTimeOffset.UtcNow.AddDays(10), RandomNumberGenerator.GetBytes(12));
        var folder = Directory.CreateDirectory(_folder.File(Guid.NewGuid().ToString("n"))).FullName;
        return IssuedCertificate.Write(folder, certificate.CopyWithPrivateKey(key));
    }

    /// <summary>A client that believes whoever has a certificate of this authority, and nobody else.</summary>
    /// <param name="shown">What it shows to a server that asks for a certificate; none when absent.</param>
    public HttpClient Client(IssuedCertificate? shown = null) => new(Handler(RootFile, shown)) { Timeout = Eventually.Patience };

    /// <summary>Trust in what the authority has issued whose root is in the file, and in nothing else.</summary>
    public static X509ChainPolicy Trust(string rootFile) => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        CustomTrustStore = { X509Certificate2.CreateFromPem(System.IO.File.ReadAllText(rootFile)) },
    };

    /// <inheritdoc />
    public void Dispose()
    {
        _root.Dispose();
        _folder.Dispose();
    }

    internal static SocketsHttpHandler Handler(string rootFile, IssuedCertificate? shown = null)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = Trust(rootFile);
        if (shown is not null) handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => shown.Certificate;
        return handler;
    }

    private static X509Extension AlternativeNames(IEnumerable<string> names)
    {
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
            if (IPAddress.TryParse(name, out var address)) alternatives.AddIpAddress(address);
            else alternatives.AddDnsName(name);
        return alternatives.Build();
    }
}
