using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Platform.TestKit;

namespace Platform.EndToEnd.Tests.Observability;

/// <summary>
/// A real Prometheus with the configuration and the rules of compose/observability; only where it finds the services, and how
/// often it asks them, is of this machine.
/// </summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http;
    private readonly Process _process;

    private PrometheusServer(IReadOnlyList<string> targets)
    {
        var port = Ports.Free();
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/api/v1/") };
        // JSON is YAML too.
        File.WriteAllText(_folder.File("prometheus.yaml"), Configuration(targets).ToJsonString());
        File.Copy(Repository.PathOf("compose", "observability", "rules.yaml"), _folder.File("rules.yaml"));
        _process = Process.Start(new ProcessStartInfo("bash",
        [
            "-c", """exec prometheus "$@" >"$0" 2>&1""", _folder.File("log"), $"--config.file={_folder.File("prometheus.yaml")}",
            $"--storage.tsdb.path={_folder.File("data")}", $"--web.listen-address=127.0.0.1:{port}",
        ]))!;
    }

    /// <summary>Starts one that scrapes the targets of some files.</summary>
    public static async Task<PrometheusServer> StartAsync(params IReadOnlyList<string> targets)
    {
        var server = new PrometheusServer(targets);
        try
        {
            await Eventually.TrueAsync(async () => (await server.FindAsync("up")).Count > 0, "Prometheus has scraped");
            return server;
        }
        catch (Exception exception)
        {
            var log = await File.ReadAllTextAsync(server._folder.File("log"));
            await server.DisposeAsync();
            throw new InvalidOperationException($"{exception.Message}\n{log}", exception);
        }
    }

    /// <summary>The samples that a query finds now; none while Prometheus does not answer.</summary>
    public async Task<JsonArray> FindAsync(string query)
    {
        try
        {
            return (await GetAsync($"query?query={Uri.EscapeDataString(query)}"))["data"]!["result"]!.AsArray();
        }
        catch (HttpRequestException) when (!_process.HasExited)
        {
            return [];
        }
    }

    /// <summary>The rules as they stand.</summary>
    public async Task<IReadOnlyList<JsonObject>> RulesAsync() =>
        [.. (await GetAsync("rules"))["data"]!["groups"]!.AsArray().SelectMany(group => group!["rules"]!.AsArray()).Select(rule => rule!.AsObject())];

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    private async Task<JsonNode> GetAsync(string path)
    {
        using var response = await _http.GetAsync(path);
        // It says so in words while it starts.
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable) throw new HttpRequestException("Prometheus is not ready.");
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        return answer["status"]?.ToString() == "success" ? answer : throw new InvalidDataException($"{path}: {answer}");
    }

    private static JsonObject Configuration(IReadOnlyList<string> targets)
    {
        var configuration = Yaml.Read(Repository.PathOf("compose", "observability", "prometheus.yaml"));
        configuration["global"] = new JsonObject { ["scrape_interval"] = "1s", ["evaluation_interval"] = "1s" };
        configuration.Remove("alerting");
        var job = configuration["scrape_configs"]!.AsArray().Single(item => item!["job_name"]!.ToString() == "platform")!.AsObject();
        job.Remove("dns_sd_configs");
        job.Remove("relabel_configs");
        job["file_sd_configs"] = new JsonArray(new JsonObject { ["files"] = new JsonArray([.. targets.Select(file => JsonValue.Create(file))]) });
        configuration["scrape_configs"] = new JsonArray(job.DeepClone());
        return configuration;
    }
}
