using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Platform.TestKit;
using Platform.TestKit.Tls;

namespace Platform.Hosting.Tests.Tls;

/// <summary>A process does not start with certificates that cannot be used, and says which file it is and what is wrong with it.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly TemporaryFolder _folder = new();
    private readonly IssuedCertificate _good;

    public SettingsTests() => _good = _authority.Issue(["127.0.0.1"]);

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public Task A_file_that_is_missing() => RefusedAsync(_good with { CertificateFile = _folder.File("none.pem") }, $"Tls:Certificate: '{_folder.File("none.pem")}' is missing.");

    [Fact]
    public Task A_folder() => RefusedAsync(_good with { KeyFile = _folder.Path }, $"'{_folder.Path}' is a folder.");

    [Fact]
    public Task A_file_that_is_not_PEM() => RefusedAsync(_good with { CertificateFile = Written("binary", "0\u0001") }, "holds no certificate in PEM form.");

    [Fact]
    public Task A_certificate_in_the_place_of_the_key() =>
        RefusedAsync(_good with { KeyFile = _good.CertificateFile }, $"'{_good.CertificateFile}' holds no private key in PEM form.");

    [Fact]
    public Task A_certificate_that_is_damaged() => RefusedAsync(
        _good with { CertificateFile = Written("damaged", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n") }, "holds a certificate that cannot be read");

    [Fact]
    public Task A_key_that_is_damaged() => RefusedAsync(
        _good with { KeyFile = Written("damaged", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n") }, "holds a private key that is damaged.");

    [Fact]
    public Task A_key_of_another_certificate() => RefusedAsync(
        _good with { KeyFile = _authority.Issue(["127.0.0.1"]).KeyFile }, $"does not belong to the certificate in '{_good.CertificateFile}'.");

    [Fact]
    public Task A_key_under_a_passphrase()
    {
        using var key = ECDsa.Create();
        var text = key.ExportEncryptedPkcs8PrivateKeyPem("a passphrase", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
        return RefusedAsync(_good with { KeyFile = Written("encrypted", text) }, "holds a key under a passphrase");
    }

    [Fact]
    public Task A_certificate_that_has_expired()
    {
        var expired = _authority.Issue(["127.0.0.1"], DateTimeOffset.UtcNow.AddHours(-1));
        return RefusedAsync(expired, $"The certificate in '{expired.CertificateFile}' has expired at ");
    }

    [Theory]
    [InlineData("Tls:Key", "", "Tls:Certificate names a certificate, and Tls:Key no key for it.")]
    [InlineData("Tls:Certificate", "", "Tls:Key names a key, and Tls:Certificate no certificate for it.")]
    [InlineData("Tls:MinimumVersion", "1.1", "Tls:MinimumVersion is 1.2 or 1.3.")]
    [InlineData("Tls:ClientAuthority", "/nowhere/ca.pem", "Tls:ClientAuthority: '/nowhere/ca.pem' is missing.")]
    [InlineData("Management:Port", "0", "Port")]
    [InlineData("Management:Address", "ml.example.org", "'ml.example.org' is no IP address.")]
    public Task A_setting_that_cannot_be(string key, string value, string sentence) =>
        RefusedAsync(_good, sentence, new KeyValuePair<string, string?>(key, value));

    [Fact]
    public async Task Https_at_the_management_port_without_a_certificate()
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => SecureHost.StartAsync(
            _authority, _good, new("Tls:Certificate", ""), new("Tls:Key", ""), new("Management:Port", $"{Ports.Free()}"), new("Management:Tls", "true")));
        Assert.Contains("Management:Tls takes Tls:Certificate and Tls:Key.", refusal.Message);
    }

    private async Task RefusedAsync(IssuedCertificate certificate, string sentence, params KeyValuePair<string, string?>[] settings)
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => SecureHost.StartAsync(_authority, certificate, settings));
        Assert.Contains(sentence, refusal.Message);
        Assert.DoesNotContain("PRIVATE KEY-----", refusal.Message);
    }

    private string Written(string name, string text)
    {
        File.WriteAllText(_folder.File(name), text);
        return _folder.File(name);
    }
}
