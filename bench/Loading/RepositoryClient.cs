using System.Text;
using Platform.Bench.Load;

namespace Platform.Bench.Loading;

/// <summary>The calls to an inference process that these benchmarks need.</summary>
internal sealed class RepositoryClient(int port) : IDisposable
{
    private readonly HttpClient _http = new()
    {
        BaseAddress = new Uri($"http://127.0.0.1:{port}"), DefaultRequestHeaders = { Authorization = BenchKey.Header },
    };

    public Task LoadAsync(string model) => PostAsync($"/v2/repository/models/{model}/load", "{}");

    public Task UnloadAsync(string model) => PostAsync($"/v2/repository/models/{model}/unload", "{}");

    public async Task PostAsync(string path, string body)
    {
        using var response = await _http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }

    public void Dispose() => _http.Dispose();
}
