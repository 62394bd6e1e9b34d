using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Platform.Hosting.Tls;

/// <summary>
/// A PEM file (RFC 7468) as it was read. What is wrong with it is an <see cref="InvalidDataException"/> whose sentence names the file and
/// shows nothing of its content.
/// </summary>
internal sealed record PemFile(string Path, string Text)
{
    private const int MaxBytes = 4 << 20;
    private const string PrivateKey = "PRIVATE KEY";
    private const string EncryptedKey = "ENCRYPTED PRIVATE KEY";

    public static PemFile Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists) throw new InvalidDataException(Directory.Exists(path) ? $"'{path}' is a folder." : $"'{path}' is missing.");
            // A symbolic link has the length of its target's name.
            using var content = file.OpenRead();
            if (content.Length > MaxBytes) throw new InvalidDataException($"'{path}' is too large for a PEM file.");
            return new PemFile(path, new StreamReader(content).ReadToEnd());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"'{path}' cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The certificates in it, at least one.</summary>
    public X509Certificate2Collection Certificates()
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(Text);
        }
        catch (CryptographicException exception)
        {
            throw new InvalidDataException($"'{Path}' holds a certificate that cannot be read: {exception.Message}", exception);
        }
        return certificates.Count > 0 ? certificates : throw new InvalidDataException($"'{Path}' holds no certificate in PEM form.");
    }

    /// <summary>A certificate of <paramref name="chain"/> with the private key that this file holds.</summary>
    public X509Certificate2 WithKey(PemFile chain)
    {
        if (Labels().FirstOrDefault(label => label.EndsWith(PrivateKey, StringComparison.Ordinal)) is not { } label)
            throw new InvalidDataException($"'{Path}' holds no private key in PEM form.");
        if (label == EncryptedKey) throw new InvalidDataException($"'{Path}' holds a key under a passphrase; give it without one, readable by its owner alone.");
        try
        {
            return X509Certificate2.CreateFromPem(chain.Text, Text);
        }
        catch (CryptographicException exception)
        {
            throw new InvalidDataException(
                IsReadable() ? $"The key in '{Path}' does not belong to the certificate in '{chain.Path}'." : $"'{Path}' holds a private key that is damaged.", exception);
        }
    }

    private bool IsReadable()
    {
        using var rsa = RSA.Create();
        using var curve = ECDsa.Create();
        return IsReadableAs(rsa) || IsReadableAs(curve);
    }

    private bool IsReadableAs(AsymmetricAlgorithm key)
    {
        try
        {
            key.ImportFromPem(Text);
            return true;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    private IEnumerable<string> Labels()
    {
        for (var rest = Text.AsMemory(); PemEncoding.TryFind(rest.Span, out var found); rest = rest[found.Location.End..])
            yield return rest.Span[found.Label].ToString();
    }
}
