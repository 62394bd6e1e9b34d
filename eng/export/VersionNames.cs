using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Hosting;
using Platform.Hosting.Deployments;

namespace Platform.Export;

/// <summary>What the platform knows of versions, asked once for each.</summary>
/// <param name="platform">Where it is; null where nobody is asked, and then nothing is known.</param>
internal sealed class VersionNames(Uri? platform) : IDisposable
{
    private readonly HttpClient? _http = platform is null ? null : ClientOf(platform);

    /// <summary>Null where it is not known. Throws <see cref="HttpRequestException"/> when the platform does not answer, or refuses, or is none.</summary>
    public async Task<ModelVersionDescription?> FindAsync(string model, string version)
    {
        if (_http is null || !RegistryClient.IsName(model) || !RegistryClient.IsName(version)) return null;
        using var response = await _http.GetAsync($"v1/models/{Uri.EscapeDataString(model)}/versions/{Uri.EscapeDataString(version)}");
        if (response.StatusCode == HttpStatusCode.NotFound) return null;
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            throw new HttpRequestException($"{_http.BaseAddress} wants a key that may observe {model}: set PLATFORM_KEY.");
        response.EnsureSuccessStatusCode();
        return await ReadAsync(response) is { } found && found.Model == model && found.Version == version
            ? found
            : throw new HttpRequestException(
                $"{_http.BaseAddress} is no platform: it does not describe {model} {version} as one does. --platform says where one is.");
    }

    private static async Task<ModelVersionDescription?> ReadAsync(HttpResponseMessage response)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<ModelVersionDescription>(PlatformJson.Tolerant);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException)
        {
            return null; // a page for people, or text in an encoding that nobody knows: not what a platform answers
        }
    }

    public void Dispose() => _http?.Dispose();

    private static HttpClient ClientOf(Uri platform)
    {
        var http = new HttpClient { BaseAddress = new Uri($"{platform.AbsoluteUri.TrimEnd('/')}/"), Timeout = TimeSpan.FromSeconds(30) };
        if (Environment.GetEnvironmentVariable("PLATFORM_KEY") is { Length: > 0 } key)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return http;
    }
}
