using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Platform.TestKit;

namespace Platform.Standalone.Tests.Access;

/// <summary>A real OpenID Connect provider (node-oidc-provider), as a child process.</summary>
public sealed class IdentityProvider : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://127.0.0.1:{Ports.Free()}") };
    private Process? _process;

    /// <summary>Its issuer.</summary>
    public string Issuer => _http.BaseAddress!.ToString().TrimEnd('/');

    public async Task InitializeAsync()
    {
        foreach (var file in (string[])["package.json", "provider.js"]) File.Copy(Path.Combine(AppContext.BaseDirectory, "Access", "Provider", file), _folder.File(file));
        using (var install = Start("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"))
        {
            await install.WaitForExitAsync().PatientlyAsync();
            Assert.Equal(0, install.ExitCode);
        }
        await StartAsync();
    }

    public async Task StartAsync()
    {
        _process = Start("node", "provider.js", $"{_http.BaseAddress!.Port}");
        await Eventually.TrueAsync(AnswersAsync, "the provider answers");
    }

    /// <summary>kill -9. What it signed before can still be verified, by who knows its keys.</summary>
    public async Task StopAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async Task DisposeAsync()
    {
        if (_process is not null) await StopAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    /// <summary>An access token of a client, whose id names its roles.</summary>
    public async Task<string> TokenAsync(string client, string audience = "platform", int seconds = 3600)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/token")
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("resource", $"urn:{audience}:{seconds}")]),
            Headers = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Uri.EscapeDataString(client)}:secret"))) },
        };
        return (string)(await _http.SendAsync(request).JsonAsync())["access_token"]!;
    }

    private Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder.Path, RedirectStandardOutput = false })!;

    private async Task<bool> AnswersAsync()
    {
        try
        {
            return (await _http.GetAsync("/.well-known/openid-configuration")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
