using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Platform.TestKit;
using Platform.TestKit.Tls;

namespace Platform.Hosting.Tests.Tls;

/// <summary>Alone: a meter is seen by every host of a process, and that of another test would be told in the place of this one's.</summary>
[CollectionDefinition(nameof(ReloadTests), DisableParallelization = true)]
[Collection(nameof(ReloadTests))]
public sealed class ReloadTests : IAsyncLifetime
{
    private readonly TestAuthority _authority = new();
    private readonly TemporaryFolder _folder = new();
    private IssuedCertificate _first = null!;
    private IssuedCertificate _second = null!;
    private TestHost _host = null!;

    private string Certificate => _folder.File("tls.crt");

    private string Key => _folder.File("tls.key");

    public async Task InitializeAsync()
    {
        (_first, _second) = (_authority.Issue(["127.0.0.1"]), _authority.Issue(["127.0.0.1"], DateTimeOffset.UtcNow.AddDays(20)));
        File.Copy(_first.CertificateFile, Certificate);
        File.Copy(_first.KeyFile, Key);
        _host = await SecureHost.StartAsync(_authority, _first with { CertificateFile = Certificate, KeyFile = Key });
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Files_that_are_written_anew_are_taken_and_requests_go_on()
    {
        using var done = new CancellationTokenSource();
        var asking = Enumerable.Range(0, 4).Select(_ => AskAsync(done.Token)).ToList();

        File.Copy(_second.CertificateFile, Certificate, overwrite: true);
        File.Copy(_second.KeyFile, Key, overwrite: true);
        await _host.ShowsAsync(_second);
        await done.CancelAsync();

        Assert.All(await Task.WhenAll(asking), answered => Assert.True(answered > 0)); // and none failed
        Assert.Contains("""platform_tls_reloads_total{outcome="taken",use="server"} 1""", await _host.Http.GetStringAsync("/metrics"));
    }

    [Fact]
    public async Task Files_that_are_renamed_over_the_old_are_taken()
    {
        foreach (var (from, to) in new[] { (_second.CertificateFile, Certificate), (_second.KeyFile, Key) })
        {
            File.Copy(from, $"{to}.new");
            File.Move($"{to}.new", to, overwrite: true);
        }

        await _host.ShowsAsync(_second);
    }

    [Fact]
    public async Task A_link_that_leads_elsewhere_is_followed()
    {
        // As Kubernetes mounts a Secret: the files are links through a folder, and that is replaced.
        var mount = Directory.CreateDirectory(_folder.File("mount")).FullName;
        File.CreateSymbolicLink(Path.Combine(mount, "..data"), Path.GetDirectoryName(_first.CertificateFile)!);
        foreach (var file in new[] { "certificate.pem", "key.pem" })
            File.CreateSymbolicLink(Path.Combine(mount, file), Path.Combine("..data", file));
        await using var host = await SecureHost.StartAsync(
            _authority, _first with { CertificateFile = Path.Combine(mount, "certificate.pem"), KeyFile = Path.Combine(mount, "key.pem") });

        File.CreateSymbolicLink(Path.Combine(mount, "..next"), Path.GetDirectoryName(_second.CertificateFile)!);
        using var rename = Process.Start("mv", ["-Tf", Path.Combine(mount, "..next"), Path.Combine(mount, "..data")]);
        await rename.WaitForExitAsync();

        await host.ShowsAsync(_second);
    }

    [Fact]
    public async Task Content_that_cannot_be_used_leaves_the_old_in_force_and_is_told()
    {
        File.Copy(_second.KeyFile, Key, overwrite: true);
        await Eventually.TrueAsync(async () => (await DegradedAsync()).Contains("does not belong to the certificate"), "the mismatch is told");
        File.WriteAllText(Certificate, "nothing");
        await Eventually.TrueAsync(async () => (await DegradedAsync()).Contains($"'{Certificate}' holds no certificate in PEM form."), "the bad file is told");
        File.Delete(Certificate);
        await Eventually.TrueAsync(async () => (await DegradedAsync()).Contains($"'{Certificate}' is missing."), "the missing file is told");

        Assert.Equal(_first.Certificate.Thumbprint, (await _host.HandshakeAsync()).Thumbprint);
        Assert.Equal(HttpStatusCode.OK, (await _host.Http.GetAsync("/health/ready")).StatusCode);
        Assert.Contains("""platform_tls_reloads_total{outcome="refused",use="server"} 3""", await _host.Http.GetStringAsync("/metrics"));

        File.Copy(_second.CertificateFile, Certificate);
        await _host.ShowsAsync(_second);
        Assert.Equal("", await DegradedAsync());
    }

    [Fact]
    public async Task Metrics_say_when_the_certificate_ends()
    {
        await ToldAsync(_first);
        File.Copy(_second.KeyFile, Key, overwrite: true);
        File.Copy(_second.CertificateFile, Certificate, overwrite: true);
        await _host.ShowsAsync(_second);
        await ToldAsync(_second);

        Task ToldAsync(IssuedCertificate certificate) => Eventually.TrueAsync(
            async () => (await _host.Http.GetStringAsync("/metrics")).Contains(Ends(certificate), StringComparison.Ordinal), "the end is told");

        static string Ends(IssuedCertificate certificate) =>
            $$"""platform_tls_certificate_not_after_seconds{use="server"} {{new DateTimeOffset(certificate.Certificate.NotAfter).ToUnixTimeSeconds()}}""";
    }

    private async Task<string> DegradedAsync() =>
        (await _host.Http.GetAsync("/health/ready").JsonAsync())["degraded"]!["certificates"] is { } told ? told.GetValue<string>() : "";

    private async Task<int> AskAsync(CancellationToken done)
    {
        using var client = _authority.Client();
        var answered = 0;
        for (; !done.IsCancellationRequested; answered++) Assert.Equal("https HTTP/1.1", await client.GetStringAsync(new Uri(_host.Address, "/protocol"), CancellationToken.None));
        return answered;
    }
}
